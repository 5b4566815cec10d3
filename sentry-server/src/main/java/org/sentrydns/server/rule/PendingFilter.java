package org.sentrydns.server.rule;

import org.jspecify.annotations.Nullable;
import org.sentrydns.api.Query;
import org.sentrydns.api.ReplyFilter;

/**
 * A filter that waits for the reply. Immutable.
 *
 * @param rule the rule that returned it
 * @param inquiry what that rule saw
 * @param query the same, as the rule was shown it
 * @param filter what the reply goes through
 * @param earlier the filter of the rule before, which sees the reply after this one; null if there is none
 */
public record PendingFilter(
        CompiledRule rule,
        Inquiry inquiry,
        Query query,
        ReplyFilter filter,
        @Nullable PendingFilter earlier) {}

package org.sentrydns.server.list;

import org.jspecify.annotations.Nullable;

/**
 * What stands behind the dollar sign of an AdBlock rule. Immutable.
 *
 * @param badfilter whether the rule takes out the rule that is the same but for this
 * @param modifiers null if there are none
 */
record AdblockOptions(
        boolean important, boolean badfilter, @Nullable Modifiers modifiers) {
    static final AdblockOptions NONE = new AdblockOptions(false, false, null);
}

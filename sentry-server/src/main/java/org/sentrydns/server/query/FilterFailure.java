package org.sentrydns.server.query;

import org.sentrydns.server.rule.PendingFilter;
import org.sentrydns.server.rule.Verdict;

/** A filter threw. */
final class FilterFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient PendingFilter filter;

    FilterFailure(PendingFilter filter, Throwable cause) {
        super(cause);
        this.filter = filter;
    }

    /** The same, as if the rule itself had failed. */
    Verdict verdict() {
        Throwable cause = getCause() == null ? this : getCause();
        return Verdict.Failed.of(filter.inquiry(), filter.rule(), cause);
    }
}

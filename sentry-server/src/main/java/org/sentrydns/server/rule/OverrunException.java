package org.sentrydns.server.rule;

import java.time.Duration;

/** A rule took longer than it may. */
final class OverrunException extends Exception {
    private static final long serialVersionUID = 1L;

    private final long times;

    OverrunException(Duration budget, long times) {
        super("it took longer than its " + budget.toMillis() / 1000.0 + " s (rule_budget)", null, false, false);
        this.times = times;
    }

    /** How often it did so far, this time included. */
    long times() {
        return times;
    }
}

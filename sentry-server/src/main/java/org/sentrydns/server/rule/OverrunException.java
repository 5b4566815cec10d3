package org.sentrydns.server.rule;

/** A rule took longer than it may, or was not called since too many of its calls do. */
final class OverrunException extends Exception {
    private static final long serialVersionUID = 1L;

    private final long times;

    OverrunException(String why, long times) {
        super(why, null, false, false);
        this.times = times;
    }

    /** How often it did so far, this time included. */
    long times() {
        return times;
    }
}

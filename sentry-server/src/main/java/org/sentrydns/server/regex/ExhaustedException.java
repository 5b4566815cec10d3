package org.sentrydns.server.regex;

/** A regular expression was stopped: it has read the characters of one name too often, or gone too deep. */
public final class ExhaustedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private ExhaustedException(String message) {
        super(message, null, false, false);
    }

    static ExhaustedException afterReads(int reads) {
        return new ExhaustedException(
                "the regular expression backtracks too much: it was stopped after " + reads + " steps");
    }

    /** Java tries an expression by calls within calls. */
    static ExhaustedException tooDeep() {
        return new ExhaustedException("the regular expression is too long or too deep to be tried");
    }
}

package org.sentrydns.server.regex;

/** A regular expression cannot be decided: it has read the characters of one name too often, or gone too deep. */
public final class ExhaustedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private ExhaustedException(String message) {
        super(message, null, false, false);
    }

    static ExhaustedException afterReads(int reads) {
        return new ExhaustedException(
                "the regular expression backtracks too much: it was stopped after " + reads + " steps");
    }

    /** @param ways to match nothing, which Java would all try, and no reading would stop it */
    static ExhaustedException ofNothing(long ways) {
        return new ExhaustedException(
                "the regular expression can match nothing in " + ways + " ways or more: it is not tried");
    }

    /** Java's own mistake. */
    static ExhaustedException broken(RuntimeException cause) {
        return new ExhaustedException("the regular expression cannot be tried: " + cause);
    }

    /** Java tries an expression by calls within calls. */
    static ExhaustedException tooDeep() {
        return new ExhaustedException("the regular expression is too long or too deep to be tried");
    }
}

package org.sentrydns.server.regex;

/** A regular expression was stopped: it has read the characters of one name too often. */
public final class ExhaustedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ExhaustedException(int budget) {
        super(
                "the regular expression backtracks too much: it was stopped after " + budget + " steps",
                null,
                false,
                false);
    }
}

package org.sentrydns.server.rule;

/**
 * A name that can be read only so often: a regular expression that goes back and forth without end is stopped, since
 * nothing else would, and it would keep a processor from all other queries. Confined to one thread.
 */
record BudgetedText(String text, Reads reads) implements CharSequence {
    private static final int BUDGET = 100_000;

    /** How often characters were read in one match. */
    static final class Reads {
        private int count;
    }

    /** The budget is used up. */
    static final class ExhaustedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ExhaustedException() {
            super("the regular expression backtracks too much: it was stopped after " + BUDGET + " steps");
        }
    }

    @Override
    public char charAt(int index) {
        if (++reads.count > BUDGET) {
            throw new ExhaustedException();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}

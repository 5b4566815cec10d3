package org.sentrydns.server.regex;

/**
 * A name that can be read only so often: a regular expression that goes back and forth without end is stopped, since
 * nothing else would, and it would keep a processor from all other queries. Confined to one thread.
 */
record BudgetedText(String text, Reads reads) implements CharSequence {
    private static final int BUDGET = 20_000;

    /** How often characters were read in one match. */
    static final class Reads {
        private int count;
    }

    @Override
    public char charAt(int index) {
        if (++reads.count > BUDGET) {
            throw new ExhaustedException(BUDGET);
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

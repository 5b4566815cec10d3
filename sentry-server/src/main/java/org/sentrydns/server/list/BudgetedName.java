package org.sentrydns.server.list;

/**
 * A name that can be read only so often: a regular expression that goes back and forth without end is stopped, since
 * nothing else would. Confined to one thread.
 */
final class BudgetedName implements CharSequence {
    private static final int BUDGET = 100_000;

    private final String text;
    private int left = BUDGET;

    BudgetedName(String text) {
        this.text = text;
    }

    /** The budget is used up. A list may hold many such expressions, and each query meets them: no stack. */
    static final class ExhaustedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ExhaustedException() {
            super(
                    "the regular expression backtracks too much: it was stopped after " + BUDGET + " steps",
                    null,
                    false,
                    false);
        }
    }

    @Override
    public char charAt(int index) {
        if (--left < 0) {
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

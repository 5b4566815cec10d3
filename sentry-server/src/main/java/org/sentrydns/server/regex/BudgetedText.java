package org.sentrydns.server.regex;

/**
 * A name that can be read only so often: a regular expression that goes back and forth without end is stopped, since
 * nothing else would, and it would keep a processor from all other queries. Until then it lets those go first again and
 * again. Confined to one thread.
 */
record BudgetedText(String text, Reads reads) implements CharSequence {
    private static final int BUDGET = 20_000;
    /** An ordinary expression never reads as often. */
    private static final int READS_A_TURN = 4_000;

    /** How often characters were read in one match. */
    static final class Reads {
        private int count;
        private int endOfTurn = READS_A_TURN;
    }

    @Override
    public char charAt(int index) {
        if (++reads.count > reads.endOfTurn) {
            pause();
        }
        return text.charAt(index);
    }

    @SuppressWarnings("ThreadPriorityCheck") // nothing relies on it: without it others wait longer
    private void pause() {
        if (reads.count > BUDGET) {
            throw new ExhaustedException(BUDGET);
        }
        reads.endOfTurn += READS_A_TURN;
        Thread.yield();
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

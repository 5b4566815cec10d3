package org.sentrydns.server.regex;

/**
 * A name that can be read only so often: a regular expression that goes back and forth without end is stopped, since
 * nothing else would, and it would keep a processor from all other queries. Confined to one thread.
 */
record BudgetedText(String text, Reads reads) implements CharSequence {

    /** How often characters were read in one match, and how often they may be. */
    static final class Reads {
        private static final int ENOUGH = 20_000;
        private static final int MOST = 60_000;
        private static final int MOST_OF_MANY = 400_000;
        /** Short expressions that do not go back read each character less often. */
        private static final int OF_A_CHARACTER = 64;

        private final int budget;
        private int count;

        private Reads(int budget) {
            this.budget = budget;
        }

        /**
         * For a first attempt, where something else may decide. An expression with many alternatives may read each character
         * once for each of them.
         */
        static Reads few(String dotted, String regex) {
            long ofAll = dotted.length() * Math.max(OF_A_CHARACTER, 2L * regex.length());
            return new Reads((int) Math.min(ENOUGH, ofAll));
        }

        /**
         * For the last attempt: one that looks ahead from each character to the end of the name comes to its own end, and so does
         * one that tries some thousand alternatives at each.
         */
        static Reads most(String dotted, long alternatives) {
            int ofLooks = Math.clamp(4L * dotted.length() * dotted.length(), ENOUGH, MOST);
            return new Reads(Math.clamp(4L * dotted.length() * alternatives, ofLooks, MOST_OF_MANY));
        }
    }

    @Override
    public char charAt(int index) {
        if (++reads.count > reads.budget) {
            throw ExhaustedException.afterReads(reads.budget);
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

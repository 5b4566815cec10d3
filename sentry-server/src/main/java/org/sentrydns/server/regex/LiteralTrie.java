package org.sentrydns.server.regex;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Finds all literals in a name. Immutable.
 *
 * <p>A name is looked at when the processor's caches are full of other things, so what counts is how many places of memory
 * are touched one after the other. At each place of the name the few symbols that follow are looked up in {@link Beginnings},
 * which are small and need nothing that was found before. Only where a literal begins alike is the rest compared, from state
 * to state of a trie, so that no name takes more steps than its length times the longest literal's. All that a step needs of
 * a state stands together, and the children of each follow one another, so that an edge takes no room.
 */
final class LiteralTrie {
    private static final int NONE = -1;
    private static final int ROOT = 0;
    private static final int WIDTH = 3;
    private static final int LINKS = 2;

    /**
     * Of each state three words: the symbols below 64 that lead on, a bit each, those from 64, and from bit 0 the first child,
     * from bit 32 where {@link #ends} has what ends here, plus one; 0 if nothing does.
     */
    private final long[] states;

    private final Beginnings beginnings;
    private final LiteralEnds ends;

    private LiteralTrie(long[] states, Beginnings beginnings, LiteralEnds ends) {
        this.states = states;
        this.beginnings = beginnings;
        this.ends = ends;
    }

    /** Adds the value of each literal in the name that has neighbours there which it may have. */
    void find(String dotted, Hits hits) {
        find(dotted, -1, dotted.length(), hits);
    }

    /** The same for a part of a name, which has the name's start and end only if they are in it. */
    void findWithin(String part, Hits hits) {
        find(part, 0, part.length() - 1, hits);
    }

    /** The window is filled up behind the last symbol with one that no literal has but at its front. */
    private void find(String text, int first, int last, Hits hits) {
        long read = 0;
        int behindWindow = first + Beginnings.WINDOW - 1;
        for (int at = first; at < last + Beginnings.WINDOW; at++) {
            read = Beginnings.append(read, at <= last ? Symbols.at(text, at) : CharSet.START);
            int lengths = at < behindWindow ? 0 : beginnings.lengthsAt(read);
            while (lengths != 0) {
                int length = Integer.numberOfTrailingZeros(lengths);
                lengths &= lengths - 1;
                int state = beginnings.find(read, length);
                if (state != Beginnings.NONE) {
                    int start = at - Beginnings.WINDOW + 1;
                    int before = start > first ? Symbols.at(text, start - 1) : LiteralEnds.NOTHING;
                    follow(text, start + length, last, state, Beginnings.rest(length), before, hits);
                }
            }
        }
    }

    /** Reports the literals that end at a state, which has led to a place of the text, or at most so many symbols behind it. */
    private void follow(String text, int at, int last, int from, int rest, int before, Hits hits) {
        int end = Math.min(last + 1, at + rest);
        int state = from;
        for (int place = at; state != NONE; place++) {
            int symbol = place <= last ? Symbols.at(text, place) : LiteralEnds.NOTHING;
            int first = (int) (links(state) >>> Integer.SIZE) - 1;
            if (first >= 0) {
                ends.report(first, before, symbol, hits);
            }
            state = place < end ? child(state, symbol) : NONE;
        }
    }

    private int child(int state, int symbol) {
        int at = state * WIDTH;
        long low = states[at];
        long bit = 1L << symbol;
        if (symbol < Long.SIZE) {
            return (low & bit) == 0 ? NONE : firstChild(state) + Long.bitCount(low & bit - 1);
        }
        long high = states[at + 1];
        return (high & bit) == 0 ? NONE : firstChild(state) + Long.bitCount(low) + Long.bitCount(high & bit - 1);
    }

    private long links(int state) {
        return states[state * WIDTH + LINKS];
    }

    private int firstChild(int state) {
        return (int) links(state);
    }

    int states() {
        return states.length / WIDTH;
    }

    /** Takes literals one by one. Confined to one thread. */
    static final class Builder {
        private final EdgeTable edges = new EdgeTable();
        private int states = 1;
        private int[] parent = new int[256];
        private byte[] symbol = new byte[256];
        /** The last value of each state, {@link #NONE} if there is none. */
        private int[] last = new int[256];
        /** The states that a beginning leads to. */
        private final BitSet begun = new BitSet();

        private final LiteralEnds.Builder ends = new LiteralEnds.Builder();

        Builder() {
            last[ROOT] = NONE;
        }

        /**
         * Adds a literal.
         *
         * @param literal not empty, in lower case
         * @param value what is reported where it is found
         * @param neighbours where they are others, it is not
         */
        void add(String literal, int value, Neighbours neighbours) {
            int beginning = Beginnings.length(literal);
            int state = ROOT;
            for (int i = 0; i < literal.length(); i++) {
                state = child(state, literal.charAt(i));
                if (i + 1 == beginning) {
                    begun.set(state);
                }
            }
            last[state] = ends.add(value, neighbours, last[state]);
        }

        private int child(int state, char c) {
            int known = edges.target(state, c);
            if (known != NONE) {
                return known;
            }
            if (states == parent.length) {
                parent = Arrays.copyOf(parent, states * 2);
                symbol = Arrays.copyOf(symbol, states * 2);
                last = Arrays.copyOf(last, states * 2);
            }
            parent[states] = state;
            symbol[states] = (byte) c;
            last[states] = NONE;
            edges.put(state, c, states);
            return states++;
        }

        int states() {
            return states;
        }

        LiteralTrie build() {
            int[] order = order();
            int[] newNumber = new int[states];
            for (int number = 0; number < states; number++) {
                newNumber[order[number]] = number;
            }
            long[] built = new long[states * WIDTH];
            // From the last child to the first.
            for (int number = states - 1; number > ROOT; number--) {
                int at = newNumber[parent[order[number]]] * WIDTH;
                built[at + symbol[order[number]] / Long.SIZE] |= 1L << symbol[order[number]];
                built[at + LINKS] = number;
            }
            for (int number = 1; number < states; number++) {
                int value = last[order[number]];
                built[number * WIDTH + LINKS] |= value == NONE ? 0 : (ends.settle(value) + 1L) << Integer.SIZE;
            }
            return new LiteralTrie(built, beginnings(newNumber), ends.build());
        }

        private Beginnings beginnings(int[] newNumber) {
            Beginnings.Builder builder = new Beginnings.Builder(begun.cardinality());
            begun.stream().forEach(state -> builder.add(string(state), newNumber[state]));
            return builder.build();
        }

        private String string(int state) {
            StringBuilder reversed = new StringBuilder();
            for (int s = state; s != ROOT; s = parent[s]) {
                reversed.append((char) symbol[s]);
            }
            return reversed.reverse().toString();
        }

        /** All states, those of short strings first, the children of one together and in the order of their symbols. */
        private int[] order() {
            int[][] byDepth = byDepth();
            int[] order = new int[states];
            int[] newNumber = new int[states];
            int number = 1;
            for (int[] level : byDepth) {
                long[] keys = new long[level.length];
                for (int i = 0; i < level.length; i++) {
                    long place = (long) newNumber[parent[level[i]]] << 7 | symbol[level[i]];
                    keys[i] = place << 32 | level[i];
                }
                Arrays.sort(keys);
                for (long key : keys) {
                    order[number] = (int) key;
                    newNumber[(int) key] = number++;
                }
            }
            return order;
        }

        /** The states but the root, by the length of their strings. A parent has a smaller number than its children. */
        private int[][] byDepth() {
            int[] depth = new int[states];
            int[] sizes = new int[2];
            for (int state = 1; state < states; state++) {
                depth[state] = depth[parent[state]] + 1;
                sizes = depth[state] < sizes.length ? sizes : Arrays.copyOf(sizes, sizes.length * 2);
                sizes[depth[state]]++;
            }
            int[][] levels = new int[sizes.length][];
            for (int i = 0; i < levels.length; i++) {
                levels[i] = new int[sizes[i]];
                sizes[i] = 0;
            }
            for (int state = 1; state < states; state++) {
                levels[depth[state]][sizes[depth[state]]++] = state;
            }
            return levels;
        }
    }
}

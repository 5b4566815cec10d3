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
    private static final long ENDS = 1L << 31;

    /**
     * Of each state three words: the symbols below 64 that lead on, a bit each, those from 64, and from bit 0 the first child,
     * in bit 31 whether a literal ends here.
     */
    private final long[] states;

    private final Beginnings beginnings;
    /** The first entry of a state in {@link #values} and {@link #more}. */
    private final int[] head;

    private final int[] values;
    /** The next entry of the same state. */
    private final int[] more;

    private LiteralTrie(Builder builder, Beginnings beginnings) {
        this.beginnings = beginnings;
        this.states = new long[builder.states * WIDTH];
        this.head = new int[builder.states];
        this.values = Arrays.copyOf(builder.values, builder.entries);
        this.more = Arrays.copyOf(builder.more, builder.entries);
    }

    /** Adds the value of each literal in the name. */
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
                    int end = at - Beginnings.WINDOW + length;
                    follow(text, end, last, state, Beginnings.rest(length), hits);
                }
            }
        }
    }

    /** Reports the literals that end at a state or at most so many symbols behind it. */
    private void follow(String text, int at, int last, int from, int rest, Hits hits) {
        int end = Math.min(last, at + rest);
        int state = from;
        for (int place = at + 1; state != NONE; place++) {
            if ((links(state) & ENDS) != 0) {
                for (int entry = head[state]; entry != NONE; entry = more[entry]) {
                    hits.add(values[entry]);
                }
            }
            state = place <= end ? child(state, Symbols.at(text, place)) : NONE;
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
        return (int) (links(state) & ENDS - 1);
    }

    int states() {
        return head.length;
    }

    /** Takes literals one by one. Confined to one thread. */
    static final class Builder {
        private final EdgeTable edges = new EdgeTable();
        private int states = 1;
        private int[] parent = new int[256];
        private byte[] symbol = new byte[256];
        private int[] head = new int[256];
        /** The states that a beginning leads to. */
        private final BitSet begun = new BitSet();

        private int entries;
        private int[] values = new int[256];
        private int[] more = new int[256];

        Builder() {
            head[ROOT] = NONE;
        }

        /** @param literal not empty, in lower case */
        void add(String literal, int value) {
            int beginning = Beginnings.length(literal);
            int state = ROOT;
            for (int i = 0; i < literal.length(); i++) {
                state = child(state, literal.charAt(i));
                if (i + 1 == beginning) {
                    begun.set(state);
                }
            }
            if (entries == values.length) {
                values = Arrays.copyOf(values, entries * 2);
                more = Arrays.copyOf(more, entries * 2);
            }
            values[entries] = value;
            more[entries] = head[state];
            head[state] = entries++;
        }

        private int child(int state, char c) {
            int known = edges.target(state, c);
            if (known != NONE) {
                return known;
            }
            if (states == parent.length) {
                parent = Arrays.copyOf(parent, states * 2);
                symbol = Arrays.copyOf(symbol, states * 2);
                head = Arrays.copyOf(head, states * 2);
            }
            parent[states] = state;
            symbol[states] = (byte) c;
            head[states] = NONE;
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
            LiteralTrie trie = new LiteralTrie(this, beginnings(newNumber));
            for (int number = states - 1; number > ROOT; number--) {
                trie.addEdge(newNumber[parent[order[number]]], symbol[order[number]], number);
            }
            for (int number = 1; number < states; number++) {
                trie.addEntries(number, head[order[number]]);
            }
            return trie;
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

    /** From the last child to the first. */
    private void addEdge(int from, int symbol, int to) {
        int at = from * WIDTH;
        states[at + symbol / Long.SIZE] |= 1L << symbol;
        states[at + LINKS] = to;
    }

    private void addEntries(int state, int first) {
        head[state] = first;
        states[state * WIDTH + LINKS] |= first == NONE ? 0 : ENDS;
    }
}

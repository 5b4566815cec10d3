package org.sentrydns.server.regex;

import java.util.Arrays;

/**
 * Aho and Corasick's automaton: finds all literals in a name in one pass. Immutable.
 *
 * <p>A name is looked at when the processor's caches are full of other things, so what counts is how many places of memory
 * are touched. All that a step needs of a state stands together, and states are numbered by the length of their strings and
 * so that the children of each follow one another: the ones that most names visit lie close, and an edge takes no room.
 */
final class LiteralAutomaton {
    private static final int NONE = -1;
    private static final int ROOT = 0;
    private static final int WIDTH = 3;
    private static final int LINKS = 2;
    private static final long REPORTS = 1L << 31;

    /**
     * Of each state three words: the symbols below 64 that lead on, a bit each, those from 64, and links: from bit 0 its first
     * child, in bit 31 whether a literal ends here, from bit 32 the state whose string is the longest proper suffix of its own.
     */
    private final long[] states;

    /** This state, or the first along the suffixes, whose string is a literal; the root for none. */
    private final int[] reporting;
    /** The first entry of a state in {@link #values} and {@link #more}. */
    private final int[] head;

    private final int[] values;
    /** The next entry of the same state. */
    private final int[] more;

    private LiteralAutomaton(Builder builder) {
        this.states = new long[builder.states * WIDTH];
        this.reporting = new int[builder.states];
        this.head = new int[builder.states];
        this.values = Arrays.copyOf(builder.values, builder.entries);
        this.more = Arrays.copyOf(builder.more, builder.entries);
    }

    /** Adds the value of each literal in the name, for each time that it is there. */
    void find(String dotted, Hits hits) {
        int state = ROOT;
        for (int at = -1; at <= dotted.length(); at++) {
            state = step(state, Symbols.at(dotted, at));
            report(state, hits);
        }
    }

    /** The same for a part of a name, which has the name's start and end only if they are in it. */
    void findWithin(String part, Hits hits) {
        int state = ROOT;
        for (int at = 0; at < part.length(); at++) {
            state = step(state, part.charAt(at));
            report(state, hits);
        }
    }

    private void report(int state, Hits hits) {
        if ((links(state) & REPORTS) == 0) {
            return;
        }
        for (int r = reporting[state]; r != ROOT; r = reporting[shorter(r)]) {
            for (int entry = head[r]; entry != NONE; entry = more[entry]) {
                hits.add(values[entry]);
            }
        }
    }

    private int step(int from, int symbol) {
        int state = from;
        while (true) {
            int next = child(state, symbol);
            if (next != NONE) {
                return next;
            }
            if (state == ROOT) {
                return ROOT;
            }
            state = shorter(state);
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
        return (int) (links(state) & REPORTS - 1);
    }

    private int shorter(int state) {
        return (int) (links(state) >>> 32);
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
        private int entries;
        private int[] values = new int[256];
        private int[] more = new int[256];

        Builder() {
            head[ROOT] = NONE;
        }

        /** @param literal not empty, in lower case */
        void add(String literal, int value) {
            int state = ROOT;
            for (int i = 0; i < literal.length(); i++) {
                state = child(state, literal.charAt(i));
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

        LiteralAutomaton build() {
            LiteralAutomaton automaton = new LiteralAutomaton(this);
            int[] order = order();
            int[] newNumber = new int[states];
            for (int number = 0; number < states; number++) {
                newNumber[order[number]] = number;
                automaton.head[number] = head[order[number]];
            }
            for (int number = states - 1; number > ROOT; number--) {
                automaton.addEdge(newNumber[parent[order[number]]], symbol[order[number]], number);
            }
            for (int number = 1; number < states; number++) {
                automaton.addLinks(number, newNumber[parent[order[number]]], symbol[order[number]]);
            }
            return automaton;
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

    /** When those of all shorter strings are there. */
    private void addLinks(int state, int parent, int symbol) {
        int shorter = parent == ROOT ? ROOT : step(shorter(parent), symbol);
        reporting[state] = head[state] != NONE ? state : reporting[shorter];
        states[state * WIDTH + LINKS] |= (long) shorter << 32 | (reporting[state] == ROOT ? 0 : REPORTS);
    }
}

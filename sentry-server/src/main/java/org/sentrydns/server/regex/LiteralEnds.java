package org.sentrydns.server.regex;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The values of literals, each with what may stand beside the literal. What belongs to one state of a trie stands together.
 * Immutable.
 */
final class LiteralEnds {
    /** Nothing stands beside the literal: it is at an end of what is searched. */
    static final int NOTHING = -1;

    private static final int NONE = -1;
    private static final int WIDTH = 2;
    private static final int SET = 2;
    private static final int BESIDE = 2 * SET;
    private static final int LAST = 1 << 31;

    /** Of each literal its value, and which neighbours it may have; the last of a state has {@link #LAST} there. */
    private final int[] ends;
    /** Of each pair of sets four words: what may be before, below 64 and from 64 on, and the same for what may be after. */
    private final long[] neighbours;

    private LiteralEnds(int[] ends, long[] neighbours) {
        this.ends = ends;
        this.neighbours = neighbours;
    }

    /**
     * Adds the values of a state whose literals may stand between two symbols.
     *
     * @param first where the state's values begin
     */
    void report(int first, int before, int after, Hits hits) {
        int beside;
        int at = first;
        do {
            beside = ends[at + 1];
            if (allows(beside & ~LAST, before) && allows((beside & ~LAST) + SET, after)) {
                hits.add(ends[at]);
            }
            at += WIDTH;
        } while ((beside & LAST) == 0);
    }

    private boolean allows(int set, int symbol) {
        return symbol == NOTHING || ((neighbours[set + symbol / Long.SIZE] >>> symbol) & 1) != 0;
    }

    /** Confined to one thread. */
    static final class Builder {
        private final Map<Neighbours, Integer> places = new HashMap<>();
        private long[] neighbours = new long[BESIDE];
        private int size;
        private int[] values = new int[256];
        private int[] beside = new int[256];
        private int[] more = new int[256];

        private int[] ends = {};
        private int used;

        /**
         * Keeps a value.
         *
         * @param more what was returned for the one before of the same state, or {@link #NONE}
         */
        int add(int value, Neighbours allowed, int more) {
            if (size == values.length) {
                values = Arrays.copyOf(values, size * 2);
                beside = Arrays.copyOf(beside, size * 2);
                this.more = Arrays.copyOf(this.more, size * 2);
            }
            values[size] = value;
            beside[size] = places.computeIfAbsent(allowed, this::place);
            this.more[size] = more;
            return size++;
        }

        private int place(Neighbours allowed) {
            int place = places.size() * BESIDE;
            if (place == neighbours.length) {
                neighbours = Arrays.copyOf(neighbours, place * 2);
            }
            neighbours[place] = allowed.before().low();
            neighbours[place + 1] = allowed.before().high();
            neighbours[place + SET] = allowed.after().low();
            neighbours[place + SET + 1] = allowed.after().high();
            return place;
        }

        /** Puts the values of a state side by side, behind those of the states before, and returns where they begin. */
        int settle(int last) {
            if (ends.length == 0) {
                ends = new int[size * WIDTH];
            }
            int first = used;
            for (int entry = last; entry != NONE; entry = more[entry]) {
                ends[used++] = values[entry];
                ends[used++] = beside[entry] | (more[entry] == NONE ? LAST : 0);
            }
            return first;
        }

        LiteralEnds build() {
            return new LiteralEnds(ends, Arrays.copyOf(neighbours, places.size() * BESIDE));
        }
    }
}

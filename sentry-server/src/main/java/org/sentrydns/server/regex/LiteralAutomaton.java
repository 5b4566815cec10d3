package org.sentrydns.server.regex;

import java.util.Arrays;

/**
 * Aho and Corasick's automaton: finds all literals in a name in one pass. States are numbered; the edges are in one hash
 * table, those from the root in an array, since most steps of most names end there. Immutable.
 */
final class LiteralAutomaton {
    private static final int NONE = -1;
    private static final int ROOT = 0;

    private final EdgeTable edges;
    private final int[] fromRoot;
    /** The state whose string is the longest proper suffix of this one's. */
    private final int[] shorter;
    /** This state, or the first along {@link #shorter}, whose string is a literal; the root for none. */
    private final int[] reporting;
    /** The first entry of a state in {@link #values} and {@link #more}. */
    private final int[] head;

    private final int[] values;
    /** The next entry of the same state. */
    private final int[] more;

    private LiteralAutomaton(Builder builder, int[] shorter, int[] reporting) {
        this.edges = builder.edges;
        this.fromRoot = builder.fromRoot;
        this.shorter = shorter;
        this.reporting = reporting;
        this.head = Arrays.copyOf(builder.head, builder.states);
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
        for (int r = reporting[state]; r != ROOT; r = reporting[shorter[r]]) {
            for (int entry = head[r]; entry != NONE; entry = more[entry]) {
                hits.add(values[entry]);
            }
        }
    }

    private int step(int from, int symbol) {
        int state = from;
        while (state != ROOT) {
            int next = edges.target(state, symbol);
            if (next != NONE) {
                return next;
            }
            state = shorter[state];
        }
        return fromRoot[symbol];
    }

    int states() {
        return head.length;
    }

    /** Takes literals one by one. Confined to one thread. */
    static final class Builder {
        private final EdgeTable edges = new EdgeTable();
        private final int[] fromRoot = new int[128];
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
            int known = state == ROOT ? fromRoot[c] : edges.target(state, c);
            if (known > ROOT) {
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
            if (state == ROOT) {
                fromRoot[c] = states;
            } else {
                edges.put(state, c, states);
            }
            return states++;
        }

        int states() {
            return states;
        }

        LiteralAutomaton build() {
            int[] shorter = new int[states];
            int[] reporting = new int[states];
            LiteralAutomaton automaton = new LiteralAutomaton(this, shorter, reporting);
            for (int state : byDepth()) {
                shorter[state] = parent[state] == ROOT ? ROOT : automaton.step(shorter[parent[state]], symbol[state]);
                reporting[state] = head[state] != NONE ? state : reporting[shorter[state]];
            }
            return automaton;
        }

        /** All states but the root, those of short strings first: a parent is always made before its children. */
        private int[] byDepth() {
            int[] depth = new int[states];
            int deepest = 0;
            for (int state = 1; state < states; state++) {
                depth[state] = depth[parent[state]] + 1;
                deepest = Math.max(deepest, depth[state]);
            }
            int[] place = new int[deepest + 2];
            for (int state = 1; state < states; state++) {
                place[depth[state] + 1]++;
            }
            for (int d = 1; d < place.length; d++) {
                place[d] += place[d - 1];
            }
            int[] order = new int[states - 1];
            for (int state = 1; state < states; state++) {
                order[place[depth[state]]++] = state;
            }
            return order;
        }
    }
}

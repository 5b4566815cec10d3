package org.sentrydns.server.regex;

/** Edges of a trie: state and symbol to state. An open hash table of two numbers an edge. Confined to one thread while it grows. */
final class EdgeTable {
    private static final int NONE = -1;

    /** Keys and targets in turn; a key of 0 is an empty place. */
    private int[] table = new int[512];

    private int edges;

    int target(int state, int symbol) {
        int[] all = table;
        int key = key(state, symbol);
        int mask = all.length - 1;
        for (int at = place(key, mask); all[at] != 0; at = at + 2 & mask) {
            if (all[at] == key) {
                return all[at + 1];
            }
        }
        return NONE;
    }

    void put(int state, int symbol, int target) {
        if (++edges * 4L > table.length) {
            grow();
        }
        insert(table, key(state, symbol), target);
    }

    private void grow() {
        int[] larger = new int[Math.multiplyExact(table.length, 2)];
        for (int at = 0; at < table.length; at += 2) {
            if (table[at] != 0) {
                insert(larger, table[at], table[at + 1]);
            }
        }
        table = larger;
    }

    private static void insert(int[] all, int key, int target) {
        int mask = all.length - 1;
        int at = place(key, mask);
        while (all[at] != 0) {
            at = at + 2 & mask;
        }
        all[at] = key;
        all[at + 1] = target;
    }

    /** States are fewer than 2^25, symbols fewer than 2^7. */
    private static int key(int state, int symbol) {
        return (state << 7 | symbol) + 1;
    }

    private static int place(int key, int mask) {
        int hash = key * 0x9E3779B1;
        return (hash ^ hash >>> 15) << 1 & mask;
    }
}

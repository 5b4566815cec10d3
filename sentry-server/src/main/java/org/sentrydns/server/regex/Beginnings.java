package org.sentrydns.server.regex;

/**
 * The first symbols of literals, each with the state that they lead to. Most look-ups end at two words, of tables that stay in
 * the processor's cache. Immutable.
 */
final class Beginnings {
    static final int NONE = -1;

    /** How many symbols {@link #lengthsAt} looks at. */
    static final int WINDOW = 8;

    private static final int[] LENGTHS = {1, 2, 3, 4, 5, 6, WINDOW};
    /** How many symbols choose a word of the filter. */
    private static final int CHOOSING = 4;

    private static final int TINY = 2;
    private static final int BITS = 7;
    private static final int SYMBOLS = 1 << BITS;
    private static final int UP_TO_THREE = 0b1110;
    private static final int TINY_WORDS = 2048;
    private static final long ALL = -1;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    /** By the first four symbols: two bits for each beginning, which its hash chooses. */
    private final long[] filter;

    private final int filterShift;
    /** By the first two symbols: a bit for each third one that a beginning has; all bits for one that ends before. */
    private final long[] tinyFilter = new long[TINY_WORDS];
    /** The key of each beginning and behind it its state, at the place that its hash names or the next free one. */
    private final long[] slots;

    private final int slotShift;

    private Beginnings(Builder builder) {
        int places = Integer.highestOneBit(Math.max(1, builder.size)) << 1;
        filter = new long[places];
        filterShift = 1 + Long.numberOfLeadingZeros(places);
        slots = new long[places * 4];
        slotShift = filterShift - 1;
        for (int i = 0; i < builder.size; i++) {
            put(builder.keys[i], builder.lengths[i], builder.states[i]);
        }
    }

    /** How many symbols of a literal are its beginning: the largest length that it has. */
    static int length(String literal) {
        int length = 0;
        for (int known : LENGTHS) {
            length = literal.length() >= known ? known : length;
        }
        return length;
    }

    /** How many symbols of a literal may follow a beginning of a length. */
    static int rest(int length) {
        return switch (length) {
            case WINDOW -> Integer.MAX_VALUE / 2;
            case WINDOW - 2 -> 1;
            default -> 0;
        };
    }

    /** What was read of a text, with one symbol more. */
    static long append(long read, int symbol) {
        return (read << BITS) | symbol;
    }

    /** The first symbols of the last {@link #WINDOW} that were read. */
    private static long first(long read, int count) {
        return (read >>> ((WINDOW - count) * BITS)) & ((1L << (count * BITS)) - 1);
    }

    /**
     * The lengths of beginnings that there may be at the first of the last {@link #WINDOW} symbols that were read: a bit each,
     * that of 1 being the second.
     */
    int lengthsAt(long read) {
        long third = 1L << first(read, TINY + 1);
        int tiny = (tinyFilter[tiny(first(read, TINY))] & third) == 0 ? 0 : UP_TO_THREE;
        long four = first(read, CHOOSING) * MIX;
        long word = filter[(int) (four >>> filterShift)];
        return word == 0
                ? tiny
                : tiny | there(word, read, 4) | there(word, read, 5) | there(word, read, 6) | there(word, read, WINDOW);
    }

    private static int there(long word, long read, int length) {
        return (bits(first(read, length) * MIX) & ~word) == 0 ? 1 << length : 0;
    }

    /** Two of 64, chosen by a part of the hash that does not choose the word. */
    private static long bits(long hash) {
        return (1L << (hash >>> 32)) | (1L << (hash >>> 38));
    }

    private static int tiny(long two) {
        return (int) ((two >>> BITS) * 67 + (two & (SYMBOLS - 1))) & (TINY_WORDS - 1);
    }

    /** The state of the beginning of a length at the first of the last {@link #WINDOW} symbols that were read, or {@link #NONE}. */
    int find(long read, int length) {
        long key = key(first(read, length), length);
        for (int at = slot(key); slots[at] != 0; at = next(at)) {
            if (slots[at] == key) {
                return (int) slots[at + 1];
            }
        }
        return NONE;
    }

    /** Never 0. */
    private static long key(long symbols, int length) {
        return symbols | ((long) length << (WINDOW * BITS));
    }

    private int slot(long key) {
        return (int) ((key * MIX) >>> slotShift) << 1;
    }

    private int next(int slot) {
        return (slot + 2) & (slots.length - 1);
    }

    private void put(long symbols, int length, int state) {
        long read = symbols << ((WINDOW - length) * BITS);
        switch (length) {
            case 1 -> {
                for (int second = 0; second < SYMBOLS; second++) {
                    tinyFilter[tiny(append(symbols, second))] = ALL;
                }
            }
            case TINY -> tinyFilter[tiny(symbols)] = ALL;
            case TINY + 1 -> tinyFilter[tiny(first(read, TINY))] |= 1L << symbols;
            default -> {
                long four = first(read, CHOOSING) * MIX;
                filter[(int) (four >>> filterShift)] |= bits(symbols * MIX);
            }
        }
        long key = key(symbols, length);
        int at = slot(key);
        while (slots[at] != 0) {
            at = next(at);
        }
        slots[at] = key;
        slots[at + 1] = state;
    }

    /** Confined to one thread. */
    static final class Builder {
        private final long[] keys;
        private final int[] lengths;
        private final int[] states;
        private int size;

        Builder(int count) {
            keys = new long[count];
            lengths = new int[count];
            states = new int[count];
        }

        /** @param beginning one that was not added before */
        void add(String beginning, int state) {
            long read = 0;
            for (int i = 0; i < beginning.length(); i++) {
                read = append(read, beginning.charAt(i));
            }
            keys[size] = read;
            lengths[size] = beginning.length();
            states[size++] = state;
        }

        Beginnings build() {
            return new Beginnings(this);
        }
    }
}

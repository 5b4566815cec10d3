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
    /** By the first symbol: a bit for each second one, of 64, that a beginning of at most three has. Mostly there is none. */
    private final long[] tinyPairs = new long[SYMBOLS];
    /** By the first two symbols: a bit for each third one that a beginning has; all bits for one that ends before. */
    private final long[] tinyFilter = new long[TINY_WORDS];
    /** By the whole beginning: a bit for each hash that one has. Names made of the same syllables as many literals pass the first. */
    private final long[] hashes;

    private final int hashShift;
    /** The key of each beginning and behind it its state, at the place that its hash names or the next free one. */
    private final long[] slots;

    private final int slotShift;

    private Beginnings(Builder builder) {
        int words = Integer.highestOneBit(builder.size | 2);
        filter = new long[words];
        filterShift = shift(words);
        hashes = new long[Math.ceilDiv(words * 16, Long.SIZE)];
        hashShift = shift(words * 16);
        slots = new long[words * 8];
        slotShift = shift(words * 4);
        for (int i = 0; i < builder.size; i++) {
            put(builder.keys[i], builder.lengths[i], builder.states[i]);
        }
    }

    /** What leaves so many bits of a hash as choose one of a power of two. */
    private static int shift(int choices) {
        return Integer.numberOfLeadingZeros(choices) + 33;
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
        int tiny = isTiny(read) ? UP_TO_THREE : 0;
        long four = first(read, CHOOSING) * MIX;
        long word = filter[(int) (four >>> filterShift)];
        return word == 0
                ? tiny
                : tiny | there(word, read, 4) | there(word, read, 5) | there(word, read, 6) | there(word, read, WINDOW);
    }

    /** Whether there may be a beginning of at most three symbols. */
    private boolean isTiny(long read) {
        if (((tinyPairs[(int) first(read, 1)] >>> first(read, TINY)) & 1) == 0) {
            return false;
        }
        return ((tinyFilter[tiny(first(read, TINY))] >>> first(read, TINY + 1)) & 1) != 0;
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
        long hash = hash(key);
        if (!isThere(hash)) {
            return NONE;
        }
        for (int at = slot(hash); slots[at] != 0; at = next(at)) {
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

    private static long hash(long key) {
        long mixed = key * MIX;
        return (mixed ^ mixed >>> 32) * MIX;
    }

    private int slot(long hash) {
        return (int) (hash >>> slotShift) << 1;
    }

    private boolean isThere(long hash) {
        int bit = (int) (hash >>> hashShift);
        return ((hashes[bit / Long.SIZE] >>> bit) & 1) != 0;
    }

    private int next(int slot) {
        return (slot + 2) & (slots.length - 1);
    }

    private void put(long symbols, int length, int state) {
        long read = symbols << ((WINDOW - length) * BITS);
        if (length >= CHOOSING) {
            long four = first(read, CHOOSING) * MIX;
            filter[(int) (four >>> filterShift)] |= bits(symbols * MIX);
        } else {
            putTiny(read, length);
        }
        long key = key(symbols, length);
        long hash = hash(key);
        int bit = (int) (hash >>> hashShift);
        hashes[bit / Long.SIZE] |= 1L << bit;
        int at = slot(hash);
        while (slots[at] != 0) {
            at = next(at);
        }
        slots[at] = key;
        slots[at + 1] = state;
    }

    private void putTiny(long read, int length) {
        long first = first(read, 1);
        if (length == 1) {
            tinyPairs[(int) first] = ALL;
            for (int second = 0; second < SYMBOLS; second++) {
                tinyFilter[tiny(append(first, second))] = ALL;
            }
        } else {
            tinyPairs[(int) first] |= 1L << first(read, TINY);
            tinyFilter[tiny(first(read, TINY))] |= length == TINY ? ALL : 1L << first(read, TINY + 1);
        }
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

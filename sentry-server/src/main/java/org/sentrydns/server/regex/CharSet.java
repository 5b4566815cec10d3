package org.sentrydns.server.regex;

import org.jspecify.annotations.Nullable;

/**
 * A set of the characters that names are written with: printable ASCII, letters in lower case only. Two characters that
 * no name has stand for its ends. Immutable.
 *
 * @param low the characters up to 63, a bit each
 * @param high the characters from 64 on
 */
record CharSet(long low, long high) {
    /** Stands before the first character of every name. */
    static final char START = 1;

    /** Stands behind the last character of every name, which is its final dot. */
    static final char END = 2;

    static final CharSet NONE = new CharSet(0, 0);

    /** All of ASCII, and the ends of names. */
    static final CharSet ALL = new CharSet(-1, -1);

    /** What a dot matches: names have no line ends. */
    static final CharSet ANY = range('!', '~').folded();

    static CharSet of(char c) {
        return range(c, c);
    }

    /** Both ends are in it; what is no ASCII is left out. */
    static CharSet range(int first, int last) {
        long low = 0;
        long high = 0;
        for (int c = Math.max(0, first); c <= Math.min(127, last); c++) {
            low |= c < 64 ? 1L << c : 0;
            high |= c < 64 ? 0 : 1L << c;
        }
        return new CharSet(low, high);
    }

    boolean has(int c) {
        return (((c < 64 ? low : high) >>> c) & 1) != 0;
    }

    CharSet or(CharSet other) {
        return new CharSet(low | other.low, high | other.high);
    }

    CharSet and(CharSet other) {
        return new CharSet(low & other.low, high & other.high);
    }

    // The methods that Java makes for a record are put together when they are first called, which takes a start
    // milliseconds.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CharSet set && low == set.low && high == set.high;
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(low) + Long.hashCode(high);
    }

    /** All of ASCII that is not in it. */
    CharSet complement() {
        return new CharSet(~low, ~high);
    }

    /** With the other case of each letter. */
    CharSet inEitherCase() {
        long upper = high & 0x07FF_FFFEL;
        long lower = (high >>> 32) & 0x07FF_FFFEL;
        return new CharSet(low, high | (upper << 32) | lower);
    }

    /** As it looks to somebody who sees names in lower case: printable, capital letters as small ones. */
    CharSet folded() {
        long upper = high & 0x07FF_FFFEL;
        long printableLow = low & ~((1L << 0x21) - 1);
        long printableHigh = ((high & ~upper) | (upper << 32)) & ~(1L << 63);
        return new CharSet(printableLow, printableHigh);
    }

    boolean isEmpty() {
        return (low | high) == 0;
    }

    int size() {
        return Long.bitCount(low) + Long.bitCount(high);
    }

    /** The members in ascending order. */
    char[] members() {
        char[] members = new char[size()];
        int used = 0;
        for (char c = 0; c < 128; c++) {
            if (has(c)) {
                members[used++] = c;
            }
        }
        return members;
    }
}

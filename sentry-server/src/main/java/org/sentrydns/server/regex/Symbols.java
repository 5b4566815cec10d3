package org.sentrydns.server.regex;

/** Names as {@link CharSet} has them. */
final class Symbols {
    private Symbols() {}

    /**
     * One symbol of a name.
     *
     * @param dotted the name with its final dot
     * @param at -1 for the start, its length for the end
     */
    static int at(String dotted, int at) {
        if (at < 0) {
            return CharSet.START;
        }
        return at < dotted.length() ? lower(dotted.charAt(at)) : CharSet.END;
    }

    static int lower(char c) {
        return c >= 'A' && c <= 'Z' ? c + 32 : c & 127;
    }
}

package org.sentrydns.server.regex;

import java.util.List;

/**
 * The outlines of many expressions, a bit each, for each character at each place near a name's ends: what a name's
 * own characters have in common are the expressions that may match it. Immutable.
 */
final class OutlineTable {
    /** Letters, digits, hyphen, underscore and dot have a kind each; what is rare shares one, as does what is not there. */
    private static final int KINDS = 42;

    private static final int NOTHING = 0;
    private static final int RARE = 40;
    private static final int EDGE = 41;
    private static final byte[] KIND = kinds();

    private final int[] values;
    private final int words;
    /** For each place and kind, a word for each 64 expressions. */
    private final long[] allowed;

    /**
     * @param outlines one for each expression, in the order of {@code values}
     * @param values what {@link #find} adds for each
     */
    OutlineTable(List<Outline> outlines, int[] values) {
        this.values = values;
        this.words = (values.length + 63) / 64;
        this.allowed = new long[2 * Outline.DEPTH * KINDS * words];
        for (int i = 0; i < values.length; i++) {
            allow(i, 0, outlines.get(i).front());
            allow(i, Outline.DEPTH, outlines.get(i).back());
        }
    }

    private static byte[] kinds() {
        byte[] kinds = new byte[128];
        java.util.Arrays.fill(kinds, (byte) RARE);
        String known = "abcdefghijklmnopqrstuvwxyz0123456789-_.";
        for (int i = 0; i < known.length(); i++) {
            kinds[known.charAt(i)] = (byte) (i + 1);
        }
        kinds[CharSet.START] = EDGE;
        kinds[CharSet.END] = EDGE;
        return kinds;
    }

    private void allow(int expression, int firstPlace, List<CharSet> sets) {
        for (int place = 0; place < Outline.DEPTH; place++) {
            for (int kind = 0; kind < KINDS; kind++) {
                if (place >= sets.size() || allows(sets.get(place), kind)) {
                    allowed[index(firstPlace + place, kind) + expression / 64] |= 1L << expression;
                }
            }
        }
    }

    private static boolean allows(CharSet set, int kind) {
        for (char c : set.members()) {
            if (KIND[c] == kind) {
                return true;
            }
        }
        return false;
    }

    private int index(int place, int kind) {
        return (place * KINDS + kind) * words;
    }

    /** Adds the value of each expression whose outline the name has. */
    void find(String dotted, Hits hits) {
        int[] rows = new int[2 * Outline.DEPTH];
        for (int i = 0; i < Outline.DEPTH; i++) {
            rows[i] = index(i, kind(dotted, i));
            rows[Outline.DEPTH + i] = index(Outline.DEPTH + i, kind(dotted, dotted.length() - 2 - i));
        }
        for (int word = 0; word < words; word++) {
            long left = -1;
            for (int i = 0; i < rows.length && left != 0; i++) {
                left &= allowed[rows[i] + word];
            }
            for (; left != 0; left &= left - 1) {
                hits.add(values[word * 64 + Long.numberOfTrailingZeros(left)]);
            }
        }
    }

    private static int kind(String dotted, int at) {
        return at < -1 || at > dotted.length() ? NOTHING : KIND[Symbols.at(dotted, at)];
    }
}

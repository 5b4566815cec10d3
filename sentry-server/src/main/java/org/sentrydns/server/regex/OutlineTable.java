package org.sentrydns.server.regex;

import java.util.Collection;
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
    private static final int TRAITS = Trait.ALL.size();
    private static final int COUNTS = Trait.CAP + 1;

    private final Outlined[] expressions;
    private final int words;
    /** For each place and kind, a word for each 64 expressions. */
    private final long[] allowed;
    /** For each trait and count, the same. */
    private final long[] reached;

    OutlineTable(Collection<Outlined> all) {
        this.expressions = all.toArray(new Outlined[0]);
        this.words = (expressions.length + 63) / 64;
        this.allowed = new long[2 * Outline.DEPTH * KINDS * words];
        this.reached = new long[TRAITS * COUNTS * words];
        for (int i = 0; i < expressions.length; i++) {
            Outline outline = expressions[i].outline();
            allow(i, 0, outline.front());
            allow(i, Outline.DEPTH, outline.back());
            reach(i, outline.needed());
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

    private void reach(int expression, List<Integer> needed) {
        for (int trait = 0; trait < TRAITS; trait++) {
            for (int count = needed.get(trait); count < COUNTS; count++) {
                reached[(trait * COUNTS + count) * words + expression / 64] |= 1L << expression;
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

    /** Adds the numbers of each expression whose outline the name has. */
    void find(String dotted, Hits hits) {
        if (words == 0) {
            return;
        }
        int[] counts = new int[TRAITS];
        Trait.count(dotted, counts);
        for (int trait = 0; trait < TRAITS; trait++) {
            counts[trait] = (trait * COUNTS + counts[trait]) * words;
        }
        int[] ends = null;
        for (int word = 0; word < words; word++) {
            long left = common(reached, counts, word, -1);
            if (left != 0) {
                ends = ends == null ? rowsOfEnds(dotted) : ends;
                left = common(allowed, ends, word, left);
            }
            for (; left != 0; left &= left - 1) {
                expressions[word * 64 + Long.numberOfTrailingZeros(left)].find(dotted, hits);
            }
        }
    }

    private int[] rowsOfEnds(String dotted) {
        int[] rows = new int[2 * Outline.DEPTH];
        for (int i = 0; i < Outline.DEPTH; i++) {
            rows[i] = index(i, kind(dotted, i));
            rows[Outline.DEPTH + i] = index(Outline.DEPTH + i, kind(dotted, dotted.length() - 2 - i));
        }
        return rows;
    }

    private static long common(long[] table, int[] rows, int word, long among) {
        long left = among;
        for (int i = 0; i < rows.length && left != 0; i++) {
            left &= table[rows[i] + word];
        }
        return left;
    }

    private static int kind(String dotted, int at) {
        return at < -1 || at > dotted.length() ? NOTHING : KIND[Symbols.at(dotted, at)];
    }
}

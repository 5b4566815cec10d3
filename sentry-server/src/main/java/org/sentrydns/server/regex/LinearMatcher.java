package org.sentrydns.server.regex;

import java.util.BitSet;
import java.util.Optional;

/** Searches names without ever going back: what a notorious expression is decided by. Immutable. */
final class LinearMatcher {
    private final int words;
    private final long[] first;
    private final long[] last;
    private final long[][] follow;
    private final long[][] placesOf = new long[128][];
    private final boolean empty;
    private final boolean exact;

    private LinearMatcher(PositionAutomaton automaton) {
        int places = automaton.sets().size();
        words = places / 64 + 1;
        first = bits(automaton.first());
        last = bits(automaton.last());
        follow = automaton.follow().stream().map(this::bits).toArray(long[][]::new);
        for (int c = 0; c < placesOf.length; c++) {
            placesOf[c] = new long[words];
            for (int place = 0; place < places; place++) {
                placesOf[c][place / 64] |= automaton.sets().get(place).has(c) ? 1L << place : 0;
            }
        }
        empty = automaton.empty();
        exact = automaton.exact();
    }

    /** Empty if the expression does not fit into an automaton. */
    static Optional<LinearMatcher> of(Node expression) {
        return PositionAutomaton.of(Trimmer.trim(expression)).map(LinearMatcher::new);
    }

    private long[] bits(BitSet set) {
        long[] bits = new long[words];
        long[] used = set.toLongArray();
        System.arraycopy(used, 0, bits, 0, used.length);
        return bits;
    }

    /** Whether all that is found here is found by the expression, too; nothing is ever overlooked. */
    boolean isExact() {
        return exact;
    }

    /** @param dotted a name with its final dot, but not the root */
    boolean find(String dotted) {
        if (empty) {
            return true;
        }
        long[] now = new long[words];
        long[] next = new long[words];
        for (int at = -1; at <= dotted.length(); at++) {
            step(now, next, Symbols.at(dotted, at));
            long[] before = now;
            now = next;
            next = before;
            if (meets(now, last)) {
                return true;
            }
        }
        return false;
    }

    /** A match may begin anywhere, so the first places are open at each step. */
    private void step(long[] now, long[] next, int symbol) {
        System.arraycopy(first, 0, next, 0, words);
        for (int word = 0; word < words; word++) {
            for (long left = now[word]; left != 0; left &= left - 1) {
                long[] after = follow[word * 64 + Long.numberOfTrailingZeros(left)];
                for (int i = 0; i < words; i++) {
                    next[i] |= after[i];
                }
            }
        }
        long[] places = placesOf[symbol];
        for (int i = 0; i < words; i++) {
            next[i] &= places[i];
        }
    }

    private boolean meets(long[] a, long[] b) {
        for (int i = 0; i < words; i++) {
            if ((a[i] & b[i]) != 0) {
                return true;
            }
        }
        return false;
    }
}

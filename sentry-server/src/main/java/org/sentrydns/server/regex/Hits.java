package org.sentrydns.server.regex;

import java.util.Arrays;

/** Numbers that were found, in any order and perhaps more than once. Confined to one thread. */
final class Hits {
    private static final int[] NOTHING = {};

    private int[] found = NOTHING;
    private int size;

    void add(int value) {
        if (size == found.length) {
            found = Arrays.copyOf(found, Math.max(8, size * 2));
        }
        found[size++] = value;
    }

    /** Ascending, each once. */
    int[] sorted() {
        if (size == 0) {
            return NOTHING;
        }
        int[] sorted = Arrays.copyOf(found, size);
        Arrays.sort(sorted);
        int kept = 1;
        for (int i = 1; i < size; i++) {
            if (sorted[i] != sorted[i - 1]) {
                sorted[kept++] = sorted[i];
            }
        }
        return kept == size ? sorted : Arrays.copyOf(sorted, kept);
    }
}

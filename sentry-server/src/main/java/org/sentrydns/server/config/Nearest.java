package org.sentrydns.server.config;

import java.util.Collection;
import java.util.Comparator;

/** Finds what somebody may have meant. */
public final class Nearest {
    private Nearest() {}

    /**
     * The end of a sentence about an unknown word.
     *
     * @param word what was written
     * @param known what could have been written
     * @return {@code ": did you mean 'x'?"} if one is near, else {@code ": expected one of x, y"}
     */
    public static String hint(String word, Collection<String> known) {
        String nearest = known.stream()
                .min(Comparator.comparingInt(k -> distance(word, k)))
                .orElse("");
        if (!nearest.isEmpty() && distance(word, nearest) <= Math.max(2, nearest.length() / 3)) {
            return ": did you mean '" + nearest + "'?";
        }
        return known.isEmpty() ? "" : ": expected one of " + String.join(", ", known);
    }

    /** Levenshtein's distance, letters' case aside. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                boolean same = Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1));
                int change = diagonal + (same ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}

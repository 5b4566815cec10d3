package org.sentrydns.server.regex;

import java.util.Arrays;

/** An expression that is looked for by its outline, and the numbers that it has. Confined to one thread until all are added. */
final class Outlined {
    private final NamePattern pattern;
    private final Outline outline;
    private int[] numbers = new int[1];
    private int count;

    Outlined(NamePattern pattern, Outline outline) {
        this.pattern = pattern;
        this.outline = outline;
    }

    Outline outline() {
        return outline;
    }

    void add(int number) {
        if (count == numbers.length) {
            numbers = Arrays.copyOf(numbers, count * 2);
        }
        numbers[count++] = number;
    }

    /** To be called when a name has the outline. One number is left to be tried in its turn; many are tried once, here. */
    void find(String dotted, Hits hits) {
        if (count == 1) {
            hits.add(Candidates.entry(numbers[0], false));
            return;
        }
        boolean certain = true;
        try {
            if (!pattern.matches(dotted)) {
                return;
            }
        } catch (ExhaustedException e) {
            // Whoever tries the numbers is stopped again, and says which line it was.
            certain = false;
        }
        for (int i = 0; i < count; i++) {
            hits.add(Candidates.entry(numbers[i], certain));
        }
    }
}

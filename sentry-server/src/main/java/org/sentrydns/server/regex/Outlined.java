package org.sentrydns.server.regex;

import java.util.Arrays;

/** An expression that is looked for by its outline, and the numbers that it has. Confined to one thread until all are added. */
final class Outlined {
    private final NamePattern pattern;
    private final Outline outline;
    private int[] numbers = {};

    Outlined(NamePattern pattern, Outline outline) {
        this.pattern = pattern;
        this.outline = outline;
    }

    Outline outline() {
        return outline;
    }

    void add(int number) {
        numbers = Arrays.copyOf(numbers, numbers.length + 1);
        numbers[numbers.length - 1] = number;
    }

    /** To be called when a name has the outline. One number is left to be tried in its turn; many are tried once, here. */
    void find(String dotted, Hits hits) {
        if (numbers.length == 1) {
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
        for (int number : numbers) {
            hits.add(Candidates.entry(number, certain));
        }
    }
}

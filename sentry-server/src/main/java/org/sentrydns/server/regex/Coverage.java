package org.sentrydns.server.regex;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tells which expressions match whatever another one matches, where their literals prove it: {@code google} covers
 * {@code ^mail\.google\.com$}. What it does not tell may be so nevertheless. Immutable.
 */
public final class Coverage {
    private final LiteralTrie literals;
    private final Set<Integer> ofAll;

    private Coverage(LiteralTrie literals, Set<Integer> ofAll) {
        this.literals = literals;
        this.ofAll = ofAll;
    }

    /**
     * The expressions that cover another one.
     *
     * @return for each string of which a match must contain one, the numbers of the expressions that match every name with
     *     it; empty if no such strings are known. Whoever is in all of the sets matches whatever the other does; so do,
     *     together, several that are in one each
     */
    public List<Set<Integer>> of(NamePattern pattern) {
        Requirement requirement = pattern.requirement();
        List<Set<Integer>> covering = new ArrayList<>();
        if (requirement.literals().saysNothing()) {
            return ofAll.isEmpty() ? List.of() : List.of(ofAll);
        }
        for (String literal : requirement.literals().all()) {
            Hits hits = new Hits();
            literals.findWithin(literal, hits);
            Set<Integer> numbers = new TreeSet<>(ofAll);
            for (int number : hits.sorted()) {
                numbers.add(number);
            }
            covering.add(numbers);
        }
        return covering;
    }

    /** Confined to one thread. */
    public static final class Builder {
        private final LiteralTrie.Builder literals = new LiteralTrie.Builder();
        private final Set<Integer> ofAll = new TreeSet<>();

        /** Adds an expression; it covers something only if its literals decide. */
        public void add(int number, NamePattern pattern) {
            Requirement requirement = pattern.requirement();
            if (requirement.isAlways()) {
                ofAll.add(number);
            } else if (requirement.decisive()) {
                requirement.literals().shortest().forEach(literal -> literals.add(literal, number, Neighbours.ANY));
            }
        }

        public Coverage build() {
            return new Coverage(literals.build(), ofAll);
        }
    }
}

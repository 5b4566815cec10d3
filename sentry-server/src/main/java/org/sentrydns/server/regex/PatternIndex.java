package org.sentrydns.server.regex;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Many expressions, asked together: for a name it yields those that may match, never leaving one out. What it costs follows
 * the length of the name and the number of those found, not the number of expressions. Immutable.
 */
public final class PatternIndex {
    private static final int[] NOBODY = {};

    private final LiteralTrie literals;
    private final OutlineTable outlines;
    private final int[] always;
    private final int[] ofRoot;

    private PatternIndex(Builder builder) {
        literals = builder.literals.build();
        outlines = new OutlineTable(builder.outlined.values());
        always = toInts(builder.always);
        ofRoot = toInts(builder.ofRoot);
    }

    private static int[] toInts(List<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }

    /**
     * The expressions that may match a name.
     *
     * @param dotted the name in presentation form (RFC 1035 section 5.1), with its final dot, in any case
     * @param after only those with a larger number; -1 for all
     */
    public Candidates candidates(String dotted, int after) {
        if (dotted.length() == 1) {
            return new Candidates(ofRoot, NOBODY, after);
        }
        Hits hits = new Hits();
        literals.find(dotted, hits);
        outlines.find(dotted, hits);
        return new Candidates(hits.sorted(), always, after);
    }

    /** How large it is: the states of its trie. */
    public int states() {
        return literals.states();
    }

    /** Takes expressions in ascending order of their numbers. Confined to one thread. */
    public static final class Builder {
        /** What is found in more names than this is better looked for otherwise. */
        private static final double COMMON = 0.02;

        /** A state and a symbol fit into 31 bits; the literal that reaches this may still add some states. */
        private static final int MAX_STATES = (1 << 24) - (1 << 16);

        private final LiteralTrie.Builder literals = new LiteralTrie.Builder();
        /** What is written in many lines is looked for once. */
        private final Map<NamePattern, Outlined> outlined = new LinkedHashMap<>();

        private final List<Integer> always = new ArrayList<>();
        private final List<Integer> ofRoot = new ArrayList<>();

        /** Something that may match any name, and that the caller tries by itself. */
        public void addAlways(int number) {
            always.add(Candidates.entry(number, false));
            ofRoot.add(Candidates.entry(number, false));
        }

        public void add(int number, NamePattern pattern) {
            add(number, pattern, pattern.clues());
            addToRoot(number, pattern);
        }

        void add(int number, NamePattern pattern, Clues clues) {
            Requirement requirement = clues.requirement();
            Optional<Outline> outline = clues.outline();
            boolean full = literals.states() >= MAX_STATES;
            if (requirement.isAlways()) {
                always.add(Candidates.entry(number, true));
            } else if (!full && (requirement.decisive() || isRare(requirement, outline))) {
                int entry = Candidates.entry(number, requirement.decisive());
                for (String literal : requirement.literals().shortest()) {
                    literals.add(literal, entry, clues.neighbourhood().of(literal));
                }
            } else if (outline.isPresent()) {
                outlined.computeIfAbsent(pattern, first -> new Outlined(first, outline.get()))
                        .add(number);
            } else {
                always.add(Candidates.entry(number, false));
            }
        }

        private static boolean isRare(Requirement requirement, Optional<Outline> outline) {
            return !requirement.literals().saysNothing()
                    && (outline.isEmpty() || Rarity.cost(requirement.literals()) < COMMON);
        }

        /** The root is a dot and nothing else: it has no form without the final dot, so it is asked for ahead. */
        private void addToRoot(int number, NamePattern pattern) {
            boolean matches;
            try {
                matches = pattern.matches(".");
            } catch (ExhaustedException e) {
                matches = true;
            }
            if (matches) {
                ofRoot.add(Candidates.entry(number, false));
            }
        }

        public PatternIndex build() {
            return new PatternIndex(this);
        }
    }
}

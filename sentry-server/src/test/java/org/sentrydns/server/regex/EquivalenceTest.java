package org.sentrydns.server.regex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The index finds exactly what a plain loop finds, in order, for random sets of expressions. More sets:
 * {@code -Dsentry.index.sets=1000000}, others: {@code -Dsentry.index.seed=7}.
 */
final class EquivalenceTest {
    private static final int SETS = Integer.getInteger("sentry.index.sets", 100_000);
    private static final long SEED = Long.getLong("sentry.index.seed", 20261124);
    private static final int PATTERNS = 5;
    private static final int NAMES = 3;

    /** Some random expressions go back and forth for years: they have no answer to compare with. */
    private static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StoppedException() {
            super("stopped", null, false, false);
        }
    }

    private record Reading(String text, int[] left) implements CharSequence {
        @Override
        public char charAt(int index) {
            if (--left[0] < 0) {
                throw new StoppedException();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }
    }

    /** What the loop does, by nothing but the JDK. */
    private static boolean loopFinds(Pattern pattern, String dotted) {
        String undotted = dotted.length() > 1 ? dotted.substring(0, dotted.length() - 1) : dotted;
        int[] left = {20_000};
        Matcher matcher = pattern.matcher(new Reading(undotted, left));
        return matcher.find() || matcher.reset(new Reading(dotted, left)).find();
    }

    private static List<Integer> loop(List<Pattern> patterns, String dotted) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < patterns.size(); i++) {
            if (loopFinds(patterns.get(i), dotted)) {
                found.add(i);
            }
        }
        return found;
    }

    private static List<Integer> indexed(PatternIndex index, List<NamePattern> patterns, String dotted) {
        List<Integer> found = new ArrayList<>();
        Candidates candidates = index.candidates(dotted, -1);
        for (int i = candidates.next(); i >= 0; i = candidates.next()) {
            if (candidates.isCertain() || patterns.get(i).matches(dotted)) {
                found.add(i);
            }
        }
        return found;
    }

    @Test
    void index_findsExactlyWhatALoopFinds_inOrder() {
        Random random = new Random(SEED);
        RandomRegex regexes = new RandomRegex(random);
        long found = 0;
        int stopped = 0;
        for (int set = 0; set < SETS; set++) {
            PatternIndex.Builder builder = new PatternIndex.Builder();
            List<Pattern> plain = new ArrayList<>();
            List<NamePattern> analysed = new ArrayList<>();
            for (int i = 0; i < PATTERNS; i++) {
                boolean again = i > 0 && random.nextInt(5) == 0;
                String regex = again ? plain.get(random.nextInt(i)).pattern() : regexes.next();
                plain.add(Pattern.compile(regex, Pattern.CASE_INSENSITIVE));
                analysed.add(NamePattern.compile(regex));
                builder.add(i, analysed.getLast());
            }
            PatternIndex index = builder.build();
            for (int n = 0; n < NAMES; n++) {
                String name = regexes.name();
                int number = set;
                try {
                    List<Integer> expected = loop(plain, name);
                    found += expected.size();
                    assertEquals(
                            expected,
                            indexed(index, analysed, name),
                            () -> "set " + number + ": " + plain + " on " + name);
                } catch (ExhaustedException | StoppedException e) {
                    stopped++;
                }
            }
        }
        // Matches must be neither the rule nor the exception, or nothing was compared.
        double share = found / ((double) SETS * PATTERNS * NAMES);
        assertEquals(0.5, share, 0.35, () -> "share of matches: " + share);
        assertEquals(0, stopped / ((double) SETS * NAMES), 0.002, "names on which an expression was stopped");
    }

    @Test
    void linearMatcher_overlooksNothing_andIsExactWhereItSaysSo() {
        Random random = new Random(SEED + 1);
        RandomRegex regexes = new RandomRegex(random);
        int exact = 0;
        for (int i = 0; i < SETS; i++) {
            String regex = regexes.next();
            Optional<LinearMatcher> linear = RegexParser.parse(regex).flatMap(LinearMatcher::of);
            String name = regexes.name();
            if (linear.isPresent() && name.length() > 1) {
                boolean expected;
                try {
                    expected = loopFinds(Pattern.compile(regex, Pattern.CASE_INSENSITIVE), name);
                } catch (StoppedException e) {
                    continue;
                }
                boolean actual = linear.get().find(name);
                if (linear.get().isExact()) {
                    exact++;
                    assertEquals(expected, actual, () -> regex + " on " + name);
                } else if (expected) {
                    assertEquals(true, actual, () -> regex + " on " + name);
                }
            }
        }
        assertNotEquals(0, exact);
    }

    /** Ways to read an expression wrongly. */
    enum Mutation implements UnaryOperator<Node> {
        ALTERNATION_AS_SEQUENCE {
            @Override
            public Node apply(Node node) {
                return node instanceof Node.Alternation alternation ? Node.sequence(alternation.branches()) : node;
            }
        },
        FIRST_BRANCH_ONLY {
            @Override
            public Node apply(Node node) {
                return node instanceof Node.Alternation alternation
                        ? alternation.branches().getFirst()
                        : node;
            }
        },
        OPTIONAL_AS_NEEDED {
            @Override
            public Node apply(Node node) {
                return node instanceof Node.Repeat repeat && repeat.min() == 0 && repeat.max() > 0
                        ? new Node.Repeat(repeat.body(), 1, repeat.max())
                        : node;
            }
        },
        ONE_ROUND_TOO_MANY {
            @Override
            public Node apply(Node node) {
                return node instanceof Node.Repeat repeat && repeat.min() > 0
                        ? new Node.Repeat(repeat.body(), repeat.min() + 1, Math.max(repeat.max(), repeat.min() + 1))
                        : node;
            }
        },
        LOOK_ASIDE_TAKES_ROOM {
            @Override
            public Node apply(Node node) {
                return node instanceof Node.Beside beside ? beside.body() : node;
            }
        },
        AT_MOST_AS_EXACTLY {
            @Override
            public Node apply(Node node) {
                return node instanceof Node.AtMost atMost ? atMost.body() : node;
            }
        },
        HALF_OF_EACH_CLASS {
            @Override
            public Node apply(Node node) {
                return node instanceof Node.Chars chars && chars.set().size() > 1
                        ? new Node.Chars(CharSet.of(chars.set().members()[0]))
                        : node;
            }
        };

        Node everywhere(Node node) {
            Node inside = switch (node) {
                case Node.Chars chars -> chars;
                case Node.Sequence sequence ->
                    Node.sequence(
                            sequence.items().stream().map(this::everywhere).toList());
                case Node.Alternation alternation ->
                    Node.alternation(alternation.branches().stream()
                            .map(this::everywhere)
                            .toList());
                case Node.Repeat repeat -> new Node.Repeat(everywhere(repeat.body()), repeat.min(), repeat.max());
                case Node.Beside beside -> new Node.Beside(everywhere(beside.body()));
                case Node.AtMost atMost -> new Node.AtMost(everywhere(atMost.body()));
            };
            return apply(inside);
        }
    }

    /** The test above can fail: with an extraction that is wrong in any of these ways it does. */
    @ParameterizedTest
    @EnumSource
    void index_ofWronglyReadExpressions_isCaught(Mutation mutation) {
        Random random = new Random(SEED);
        RandomRegex regexes = new RandomRegex(random);
        int wrong = 0;
        for (int set = 0; set < 10_000; set++) {
            String regex = regexes.next();
            NamePattern pattern = NamePattern.compile(regex);
            PatternIndex.Builder builder = new PatternIndex.Builder();
            Optional<Node> mutant = RegexParser.parse(regex).map(mutation::everywhere);
            Requirement requirement = mutant.map(LiteralExtraction::of).orElse(Requirement.UNKNOWN);
            builder.add(0, pattern, Clues.of(mutant, requirement));
            PatternIndex index = builder.build();
            for (int n = 0; n < 10; n++) {
                String name = regexes.name();
                try {
                    boolean expected = loopFinds(Pattern.compile(regex, Pattern.CASE_INSENSITIVE), name);
                    boolean actual = !indexed(index, List.of(pattern), name).isEmpty();
                    wrong += name.length() > 1 && expected != actual ? 1 : 0;
                } catch (ExhaustedException | StoppedException e) {
                    // No answer to compare with.
                }
            }
        }
        assertNotEquals(0, wrong);
    }
}

package org.sentrydns.server.rule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.config.Problem;
import org.sentrydns.server.regex.Coverage;
import org.sentrydns.server.regex.NamePattern;

/**
 * Looks for rules that are no mistakes and yet hardly what somebody wants: the same rule twice, one that an earlier one
 * leaves nothing for, one that costs more than it must. Confined to one thread.
 */
public final class RuleReview {
    /** Of each kind; whoever has more has one cause for them. */
    private static final int SHOWN = 20;

    private static final String ANSWER = "answer";

    /** They never have another rule passed over. What a verb that is not known here does cannot be told. */
    private static final Set<String> HARMLESS =
            Set.of("log", "answer", "rewrite", "redirect", "filter", "ttl", "limit", "delay", "tee");

    private final List<CompiledRule> rules;
    private final List<Problem> found = new ArrayList<>();
    private int left;
    private int more;

    private RuleReview(RuleBook book) {
        this.rules = book.rules();
    }

    /**
     * What was found.
     *
     * @param remarks each with its place
     * @param unshown how many more there are
     */
    public record Remarks(List<Problem> remarks, int unshown) {}

    /** All remarks. */
    public static Remarks of(RuleBook book) {
        RuleReview review = new RuleReview(book);
        review.findDuplicates();
        review.findUnreachable();
        review.findContradictions();
        review.findIdleAllows();
        review.findRisky();
        review.findForeignSyntax();
        review.findForbiddenEnds();
        review.findAlwaysTried();
        return new Remarks(List.copyOf(review.found), review.more);
    }

    /** Only what may hurt a running server: expressions that go back and forth. */
    public static Remarks ofRisks(RuleBook book) {
        RuleReview review = new RuleReview(book);
        review.findRisky();
        return new Remarks(List.copyOf(review.found), review.more);
    }

    private void say(CompiledRule rule, int column, String message) {
        if (left > 0) {
            left--;
            found.add(rule.source().problem(column, message));
        } else {
            more++;
        }
    }

    private void findDuplicates() {
        left = SHOWN;
        Map<String, CompiledRule> known = new HashMap<>();
        for (CompiledRule rule : rules) {
            String text = Words.of(rule.source().text()).stream()
                    .map(Words.Word::text)
                    .collect(Collectors.joining(" "));
            CompiledRule first = known.putIfAbsent(text, rule);
            if (first != null) {
                say(
                        rule,
                        1,
                        "warning: the same rule stands at " + first.source().place());
            }
        }
    }

    /** A rule is out of reach if those before it decide about each query that it concerns, under the same name. */
    private void findUnreachable() {
        left = SHOWN;
        Set<Integer> deciders = deciders();
        Coverage coverage = coverage(deciders);
        Map<String, List<Integer>> bySubject = new HashMap<>();
        int renamed = -1;
        for (int i = 0; i < rules.size(); i++) {
            CompiledRule rule = rules.get(i);
            String subject = Words.of(rule.source().text()).get(1).text();
            CompiledRule first = sameSubject(bySubject.getOrDefault(subject, List.of()), rule, renamed);
            if (first == null && rule.subject() instanceof PatternSubject pattern) {
                first = covering(coverage.of(pattern.pattern()), i, renamed);
            }
            if (first != null) {
                say(rule, 1, "warning: never reached: " + first + " decides before" + advice(first, rule));
            }
            if (deciders.contains(i)) {
                bySubject.computeIfAbsent(subject, s -> new ArrayList<>()).add(i);
            } else if (!decides(rule) && !rule.verb().equals("log")) {
                renamed = i;
            }
        }
    }

    private void findContradictions() {
        left = SHOWN;
        for (CompiledRule rule : rules) {
            if (Contradiction.isIn(rule.conditions())) {
                say(
                        rule,
                        1,
                        "warning: never holds: no query meets all of its conditions. Values of which one must hold stand in one"
                                + " condition, as in 'type is A, AAAA'");
            }
        }
    }

    /** It lifts what stands behind it; whoever writes it behind its block means well. */
    private void findIdleAllows() {
        left = SHOWN;
        boolean lifts = false;
        for (CompiledRule rule : rules.reversed()) {
            if (rule.verb().equals("allow") && !lifts) {
                say(
                        rule,
                        1,
                        "warning: lifts nothing: no block rule stands behind it, and what stands before it has decided");
            }
            lifts |= rule.verb().equals("block");
        }
    }

    /** The rules that decide about each query that they concern, whatever stands before them. */
    private Set<Integer> deciders() {
        Set<Integer> deciders = new LinkedHashSet<>();
        boolean allows = false;
        for (int i = 0; i < rules.size(); i++) {
            CompiledRule rule = rules.get(i);
            if (decides(rule) && !(allows && rule.verb().equals("block"))) {
                deciders.add(i);
            } else if (rule.verb().equals("allow")) {
                allows |= !rule.isShadow();
            } else if (!decides(rule) && !rule.isShadow() && !HARMLESS.contains(rule.verb())) {
                return deciders;
            }
        }
        return deciders;
    }

    private Coverage coverage(Set<Integer> deciders) {
        Coverage.Builder builder = new Coverage.Builder();
        for (int i : deciders) {
            CompiledRule rule = rules.get(i);
            if (rule.subject() instanceof PatternSubject pattern) {
                builder.add(i, pattern.pattern());
            }
        }
        return builder.build();
    }

    private @Nullable CompiledRule sameSubject(List<Integer> earlier, CompiledRule rule, int renamed) {
        return earlier.stream()
                .filter(i -> i > renamed)
                .map(rules::get)
                .filter(first -> leavesNothing(first, rule))
                .findFirst()
                .orElse(null);
    }

    /** One rule that covers the last of the strings, if each has such a rule. */
    private @Nullable CompiledRule covering(List<Set<Integer>> covering, int number, int renamed) {
        CompiledRule last = null;
        for (Set<Integer> candidates : covering) {
            Optional<Integer> first = candidates.stream()
                    .filter(i -> i < number && (i > renamed || takesAll(rules.get(i))))
                    .filter(i -> leavesNothing(rules.get(i), rules.get(number)))
                    .findFirst();
            if (first.isEmpty()) {
                return null;
            }
            last = rules.get(first.get());
        }
        return last;
    }

    private static boolean takesAll(CompiledRule rule) {
        return rule.subject() instanceof PatternSubject pattern
                && pattern.pattern().matchesAll();
    }

    /** Whether the conditions of the earlier rule hold wherever those of the later one do. */
    private static boolean leavesNothing(CompiledRule earlier, CompiledRule later) {
        boolean ofEachClass = earlier.alwaysDecides()
                || later.conditions().stream().noneMatch(condition -> condition instanceof Condition.ClassIs);
        return ofEachClass && new HashSet<>(later.conditions()).containsAll(earlier.conditions());
    }

    /** The verb answer lets queries of other classes than IN pass: it decides, too, where nobody asks for such a class. */
    private static boolean decides(CompiledRule rule) {
        return rule.alwaysDecides() || (!rule.isShadow() && rule.verb().equals(ANSWER));
    }

    /** Two lines for the addresses of one name are what other programs want. */
    private static String advice(CompiledRule first, CompiledRule rule) {
        return first.verb().equals(ANSWER) && rule.verb().equals(ANSWER)
                ? "; one rule answers with several records: 'with addresses 192.0.2.1, 2001:db8::1', 'with MX 1 a and TXT b';"
                        + " 'if type is ...' leaves other types"
                : "";
    }

    private void findRisky() {
        left = SHOWN;
        for (CompiledRule rule : rules) {
            if (rule.subject() instanceof PatternSubject subject) {
                NamePattern pattern = subject.pattern();
                pattern.risk().ifPresent(risk -> {
                    String then = pattern.isBounded()
                            ? "decided by an automaton that does not go back"
                            : pattern.isTried()
                                    ? "stopped when it has read a name's characters too often, with SERVFAIL"
                                    : "not tried, with SERVFAIL";
                    say(rule, subjectColumn(rule), "warning: " + risk + ": it is " + then);
                });
            }
        }
    }

    /** Lists for other programs are full of them. */
    private void findForeignSyntax() {
        left = SHOWN;
        for (CompiledRule rule : rules) {
            if (rule.subject() instanceof PatternSubject) {
                ForeignSyntax.in(Words.of(rule.source().text()).get(1).text())
                        .ifPresent(found ->
                                say(rule, subjectColumn(rule) + found.offset(), "warning: " + found.message()));
            }
        }
    }

    private void findForbiddenEnds() {
        left = SHOWN;
        for (CompiledRule rule : rules) {
            int at = rule.subject() instanceof PatternSubject subject
                    ? subject.pattern().forbiddenEnd()
                    : -1;
            if (at >= 0) {
                say(
                        rule,
                        subjectColumn(rule) + at,
                        "warning: the name is searched with its final dot too, and then this end is not there: put \\.?"
                                + " before it, as in (?!example\\.?$) or (?<!example\\.?)$");
            }
        }
    }

    private void findAlwaysTried() {
        left = SHOWN;
        for (CompiledRule rule : rules) {
            if (rule.subject() instanceof PatternSubject subject
                    && subject.pattern().isTriedAlways()) {
                say(
                        rule,
                        subjectColumn(rule),
                        "note: tried on every name, since nothing is known that each match must contain");
            }
        }
    }

    private static int subjectColumn(CompiledRule rule) {
        return Words.of(rule.source().text()).get(1).column();
    }
}

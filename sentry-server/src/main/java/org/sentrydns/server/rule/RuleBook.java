package org.sentrydns.server.rule;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sentrydns.api.Outcome;
import org.sentrydns.server.regex.Candidates;
import org.sentrydns.server.regex.PatternIndex;

/** All rules, in order, and an index of those that may match a name. Immutable, but for the rules' figures. */
public final class RuleBook implements AutoCloseable {
    private final List<CompiledRule> rules;
    private final PatternIndex index;

    RuleBook(List<CompiledRule> rules) {
        this.rules = List.copyOf(rules);
        PatternIndex.Builder builder = new PatternIndex.Builder();
        for (int i = 0; i < rules.size(); i++) {
            switch (rules.get(i).subject()) {
                case PatternSubject subject -> builder.add(i, subject.pattern());
                case ListSubject subject -> builder.addAlways(i);
            }
        }
        this.index = builder.build();
    }

    public int size() {
        return rules.size();
    }

    /** The rules in their order. */
    public List<CompiledRule> rules() {
        return rules;
    }

    /**
     * Asks the rules in order until one decides. A rewrite gives the rules behind it another name, so that it always
     * ends.
     *
     * @param inquiry what is asked, and by whom
     */
    public Verdict decide(Inquiry inquiry) {
        return decide(inquiry, false);
    }

    /** What would be decided about a name that nobody asked for: nothing is logged by a rule for that, and no hit counted. */
    public Verdict inspect(Inquiry inquiry) {
        return decide(inquiry, true);
    }

    /** Whether any rule has this verb. */
    public boolean hasVerb(String verb) {
        return rules.stream().anyMatch(rule -> rule.verb().equals(verb));
    }

    /** Closes the rules that hold something. No query may be in them any more. */
    @Override
    public void close() {
        rules.forEach(CompiledRule::close);
    }

    private Verdict decide(Inquiry inquiry, boolean rehearsal) {
        Inquiry current = inquiry;
        Candidates candidates = index.candidates(current.dotted(), -1);
        long before = System.nanoTime();
        for (int number = candidates.next(); number >= 0; number = candidates.next()) {
            CompiledRule rule = rules.get(number);
            Outcome outcome = Outcome.pass();
            MatchedQuery query = null;
            try {
                query = query(rule, current, candidates.isCertain(), rehearsal);
                if (query != null) {
                    outcome = Objects.requireNonNull(rule.apply(query), "the rule returned null");
                }
            } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
                return Verdict.Failed.of(current, rule, e);
            }
            long after = System.nanoTime();
            rule.touchedFigures().tried(after - before);
            before = after;
            switch (outcome) {
                case Outcome.Pass pass -> {}
                case Outcome.Rewrite rewrite -> {
                    current = current.renamed(rewrite.name());
                    candidates = index.candidates(current.dotted(), number);
                }
                case Outcome.Filter filter ->
                    current = current.filtered(
                            rule,
                            Objects.requireNonNull(query, "only a rule that was asked returns a filter"),
                            filter.filter());
                case Outcome.PassOver passOver -> current = current.passingOver(passOver.verbs());
                case Outcome.Answer answer -> {
                    return new Verdict.Answer(current, rule, answer.reply());
                }
                case Outcome.Forward forward -> {
                    return new Verdict.Forward(current, rule, forward);
                }
                case Outcome.Drop drop -> {
                    return new Verdict.Drop(current, rule);
                }
            }
        }
        return new Verdict.NoRule(current);
    }

    /** The query as the rule is shown it; null if it does not concern the rule. */
    private static @Nullable MatchedQuery query(
            CompiledRule rule, Inquiry inquiry, boolean certain, boolean rehearsal) {
        Subject.@Nullable Match match = inquiry.passesOver(rule.verb()) ? null : rule.match(inquiry, certain);
        if (match == null) {
            return null;
        }
        if (!rehearsal) {
            rule.countHit();
        }
        return new MatchedQuery(inquiry, match, rehearsal);
    }
}

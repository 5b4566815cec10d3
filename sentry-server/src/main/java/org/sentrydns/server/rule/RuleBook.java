package org.sentrydns.server.rule;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sentrydns.api.Outcome;

/** All rules, in order. Immutable. */
public final class RuleBook {
    private final List<CompiledRule> rules;
    private final List<CompiledRule> silentRules;

    RuleBook(List<CompiledRule> rules) {
        this.rules = List.copyOf(rules);
        this.silentRules =
                rules.stream().filter(rule -> !rule.verb().equals("log")).toList();
    }

    public int size() {
        return rules.size();
    }

    /**
     * Asks the rules in order until one decides. A rewrite gives the rules behind it another name, so that it always
     * ends.
     *
     * @param inquiry what is asked, and by whom
     */
    public Verdict decide(Inquiry inquiry) {
        return decide(inquiry, rules);
    }

    /** What would be decided about a name that nobody asked for: nothing is logged by a rule for that. */
    public Verdict inspect(Inquiry inquiry) {
        return decide(inquiry, silentRules);
    }

    /** Whether any rule has this verb. */
    public boolean hasVerb(String verb) {
        return rules.stream().anyMatch(rule -> rule.verb().equals(verb));
    }

    private static Verdict decide(Inquiry inquiry, List<CompiledRule> rules) {
        Inquiry current = inquiry;
        for (CompiledRule rule : rules) {
            Outcome outcome;
            try {
                Subject.@Nullable Match match = rule.match(current);
                if (match == null) {
                    continue;
                }
                outcome = Objects.requireNonNull(rule.apply(current, match), "the rule returned null");
            } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
                return new Verdict.Failed(current, rule, e);
            }
            switch (outcome) {
                case Outcome.Pass pass -> {}
                case Outcome.Rewrite rewrite -> current = current.renamed(rewrite.name());
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
}

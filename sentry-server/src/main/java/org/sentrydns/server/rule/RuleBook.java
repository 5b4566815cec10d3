package org.sentrydns.server.rule;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sentrydns.api.Outcome;

/** All rules, in order. Immutable. */
public final class RuleBook {
    private final List<CompiledRule> rules;

    RuleBook(List<CompiledRule> rules) {
        this.rules = List.copyOf(rules);
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
        Inquiry current = inquiry;
        for (CompiledRule rule : rules) {
            Subject.@Nullable Match match = rule.match(current);
            if (match == null) {
                continue;
            }
            Outcome outcome;
            try {
                outcome = rule.apply(current, match);
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

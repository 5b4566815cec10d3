package org.sentrydns.server.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sentrydns.api.ListEntry;
import org.sentrydns.api.Outcome;
import org.sentrydns.server.plugin.Fatal;
import org.sentrydns.server.regex.ExhaustedException;

/**
 * Asks every rule in turn, and remembers why. Confined to one thread. It goes without the index and so is slow, and it applies
 * rules for real, but counts nothing; who calls it keeps their log quiet.
 */
final class Explainer {
    private final Pauses pauses;
    private final List<Explanation.Step> steps = new ArrayList<>();
    private Inquiry current;
    private @Nullable Verdict verdict;

    private Explainer(Pauses pauses, Inquiry asked) {
        this.pauses = pauses;
        this.current = asked;
    }

    static Explanation explain(List<CompiledRule> rules, Pauses pauses, Inquiry asked) {
        Explainer explainer = new Explainer(pauses, asked);
        for (CompiledRule rule : rules) {
            explainer.ask(rule);
        }
        Verdict last = explainer.verdict;
        return new Explanation(
                asked,
                List.copyOf(explainer.steps),
                last == null ? new Verdict.NoRule(explainer.current) : last,
                List.of());
    }

    private void ask(CompiledRule rule) {
        String name = current.dotted();
        Explanation.Part part = verdict == null ? part(rule) : new Explanation.PassedOver();
        steps.add(new Explanation.Step(steps.size() + 1, rule, name, part));
        if (part instanceof Explanation.Applied applied) {
            follow(rule, applied.outcome());
        }
    }

    private Explanation.Part part(CompiledRule rule) {
        boolean passedOver = current.passesOver(rule, steps.size());
        try {
            Subject.@Nullable Match match = match(rule);
            if (match == null) {
                return new Explanation.OtherName();
            }
            int failing = rule.failingCondition(current);
            if (failing >= 0) {
                return new Explanation.OtherCondition(rule.conditionText(failing));
            }
            if (passedOver) {
                return new Explanation.VerbPassedOver();
            }
            if (pauses.concern(rule)) {
                return new Explanation.Paused();
            }
            Outcome outcome = Objects.requireNonNull(rule.apply(current, match, true), "the rule returned null");
            Optional<ListEntry> entry = match.listEntry();
            return rule.isShadow() ? new Explanation.InShadow(outcome, entry) : new Explanation.Applied(outcome, entry);
        } catch (Throwable e) {
            Fatal.rethrow(e);
            if (passedOver) {
                return new Explanation.VerbPassedOver();
            }
            if (!rule.isShadow() && !pauses.concern(rule)) {
                verdict = new Verdict.Failed(current, rule, e, 0);
            }
            return new Explanation.Failing(e);
        }
    }

    /** An expression that cannot be decided is no matter where a condition does not hold. */
    private Subject.@Nullable Match match(CompiledRule rule) {
        try {
            return rule.subject().match(current);
        } catch (ExhaustedException e) {
            if (rule.failingCondition(current) >= 0) {
                return null;
            }
            throw e;
        }
    }

    private void follow(CompiledRule rule, Outcome outcome) {
        switch (outcome) {
            case Outcome.Pass pass -> {}
            case Outcome.Filter filter ->
                current = RuleBook.filtered(current, rule, rule.match(current, false), filter.filter());
            case Outcome.PassOver passOver -> current = current.passingOver(passOver.verbs(), steps.size() - 1);
            case Outcome.Rewrite rewrite -> current = current.renamed(rewrite.name());
            case Outcome.Answer answer -> verdict = new Verdict.Answer(current, rule, answer.reply());
            case Outcome.Forward forward -> verdict = new Verdict.Forward(current, rule, forward);
            case Outcome.Drop drop -> verdict = new Verdict.Drop(current, rule);
        }
    }
}

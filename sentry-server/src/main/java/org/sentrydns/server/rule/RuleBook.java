package org.sentrydns.server.rule;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.ReplyFilter;
import org.sentrydns.server.log.Muted;
import org.sentrydns.server.plugin.Fatal;
import org.sentrydns.server.regex.Candidates;
import org.sentrydns.server.regex.PatternIndex;

/** All rules, in order, and an index of those that may match a name. Immutable, but for the rules' figures and pauses. */
public final class RuleBook implements AutoCloseable {
    private final List<CompiledRule> rules;
    private final PatternIndex index;
    private final Pauses pauses = new Pauses(System::nanoTime);

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

    /**
     * Goes on where an earlier book was: rules whose lines stood in it count on, and what is paused stays so. To be called
     * before queries come.
     */
    public void continueFrom(RuleBook earlier) {
        pairs(earlier).forEach(CompiledRule::continueFigures);
        pauses.takeOver(earlier.pauses);
    }

    /** How many of its lines an earlier book does not have. */
    public int linesNotIn(RuleBook earlier) {
        return size() - pairs(earlier).size();
    }

    /** Each rule whose line stood in an earlier book, with that one; a line that stands twice has two. */
    private Map<CompiledRule, CompiledRule> pairs(RuleBook earlier) {
        Map<String, Deque<CompiledRule>> before = new HashMap<>();
        for (CompiledRule rule : earlier.rules) {
            before.computeIfAbsent(rule.source().text(), line -> new ArrayDeque<>())
                    .add(rule);
        }
        Map<CompiledRule, CompiledRule> pairs = new HashMap<>();
        for (CompiledRule rule : rules) {
            Deque<CompiledRule> same = before.get(rule.source().text());
            CompiledRule twin = same == null ? null : same.poll();
            if (twin != null) {
                pairs.put(rule, twin);
            }
        }
        return pairs;
    }

    /**
     * What each rule says about a question, and why. Rules are applied for that, but nothing is counted, and what they say to
     * the log is not heard.
     */
    public Explanation explain(Inquiry inquiry) {
        return Muted.run(() -> Explainer.explain(rules, pauses, inquiry));
    }

    /** Which rules are passed over for a while. */
    public Pauses pauses() {
        return pauses;
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

    private Verdict decide(Inquiry inquiry, boolean silent) {
        Inquiry current = inquiry;
        Candidates candidates = index.candidates(current.dotted(), -1);
        long before = System.nanoTime();
        for (int number = candidates.next(); number >= 0; number = candidates.next()) {
            CompiledRule rule = rules.get(number);
            Outcome outcome;
            try {
                outcome = outcome(rule, number, current, candidates.isCertain(), silent);
            } catch (Throwable e) {
                Fatal.rethrow(e);
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
                    current = filtered(current, rule, candidates.isCertain(), filter.filter());
                case Outcome.PassOver passOver -> current = current.passingOver(passOver.verbs(), number);
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

    /** What one rule wants; the next rule decides where it does not concern the query. */
    private Outcome outcome(CompiledRule rule, int number, Inquiry inquiry, boolean certain, boolean silent)
            throws Exception {
        Subject.@Nullable Match match = inquiry.passesOver(rule.verb(), number) ? null : rule.match(inquiry, certain);
        if (match == null) {
            return Outcome.pass();
        }
        if (pauses.concern(rule)) {
            if (!silent) {
                rule.touchedFigures().passedOver();
            }
            return Outcome.pass();
        }
        if (rule.isShadow()) {
            return silent ? Outcome.pass() : Shadow.cast(rule, inquiry, match);
        }
        if (!silent) {
            rule.countHit();
        }
        return Objects.requireNonNull(rule.apply(inquiry, match, silent), "the rule returned null");
    }

    static Inquiry filtered(Inquiry inquiry, CompiledRule rule, boolean certain, ReplyFilter filter) {
        Subject.@Nullable Match match = rule.match(inquiry, certain);
        return match == null ? inquiry : inquiry.filtered(rule, new MatchedQuery(inquiry, match, false), filter);
    }
}

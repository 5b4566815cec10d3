package org.sentrydns.server.rule;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.ReplyFilter;
import org.sentrydns.server.log.Muted;
import org.sentrydns.server.plugin.Closer;
import org.sentrydns.server.plugin.Fatal;
import org.sentrydns.server.regex.Candidates;
import org.sentrydns.server.regex.PatternIndex;
import org.sentrydns.server.stats.NanoClock;

/** All rules, in order, and an index of those that may match a name. Immutable, but for the rules' figures and pauses. */
public final class RuleBook implements AutoCloseable {
    /**
     * Of very many rules most are looked at only to be left again, and to write down the time that took would cost more than the
     * look. So that is done for one query in so many, and counts as often.
     */
    private static final int MEASURED_EVERY = 16;

    private final List<CompiledRule> rules;
    private final PatternIndex index;
    private final Pauses pauses = new Pauses(NanoClock.SYSTEM);

    RuleBook(List<CompiledRule> rules) {
        this.rules = List.copyOf(rules);
        PatternIndex.Builder builder = new PatternIndex.Builder();
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).subject() instanceof PatternSubject subject) {
                builder.add(i, subject.pattern());
            } else {
                builder.addAlways(i);
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

    /** Whether any rule keeps clients from names. */
    public boolean canBlock() {
        return rules.stream().anyMatch(CompiledRule::isBlocking);
    }

    /** Closes the rules that hold something. No query may be in them any more. */
    @Override
    public void close() {
        Closer closer = new Closer();
        rules.forEach(rule -> rule.close(closer));
    }

    private Verdict decide(Inquiry inquiry, boolean silent) {
        Inquiry current = inquiry;
        Candidates candidates = index.candidates(current.dotted(), -1);
        long before = System.nanoTime();
        boolean measured = ThreadLocalRandom.current().nextInt(MEASURED_EVERY) == 0;
        for (int number = candidates.next(); number >= 0; number = candidates.next()) {
            CompiledRule rule = rules.get(number);
            Outcome outcome;
            Subject.@Nullable Match match;
            try {
                match = current.passesOver(rule, number) ? null : rule.match(current, candidates.isCertain());
                outcome = match == null ? Outcome.pass() : outcome(rule, match, current, silent);
            } catch (Throwable e) {
                Fatal.rethrow(e);
                Verdict.Failed failed = Verdict.Failed.of(current, rule, e);
                if (!rule.isShadow() && !pauses.concern(rule)) {
                    return failed;
                }
                failed.report();
                match = null;
                outcome = Outcome.pass();
            }
            long after = System.nanoTime();
            if (match != null) {
                rule.touchedFigures().tried(after - before);
            } else if (measured) {
                rule.touchedFigures().tried((after - before) * MEASURED_EVERY);
            }
            before = after;
            switch (outcome) {
                case Outcome.Pass pass -> {}
                case Outcome.Rewrite rewrite -> {
                    current = current.renamed(rewrite.name());
                    candidates = index.candidates(current.dotted(), number);
                }
                case Outcome.Filter filter -> current = filtered(current, rule, match, filter.filter());
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

    /** What a rule that concerns the query wants. */
    private Outcome outcome(CompiledRule rule, Subject.Match match, Inquiry inquiry, boolean silent) throws Exception {
        if (pauses.concern(rule)) {
            if (!silent) {
                rule.touchedFigures().passedOver();
            }
            return Outcome.pass();
        }
        if (rule.isShadow()) {
            // What an answer leads to would be kept from the client if the rule were in force, which is what its user
            // wants to know.
            boolean casts = !silent || (inquiry.isFollowed() && rule.isBlocking());
            return casts ? Shadow.cast(rule, inquiry, match) : Outcome.pass();
        }
        if (!silent) {
            rule.countHit();
        }
        return Objects.requireNonNull(rule.apply(inquiry, match, silent), "the rule returned null");
    }

    static Inquiry filtered(Inquiry inquiry, CompiledRule rule, Subject.@Nullable Match match, ReplyFilter filter) {
        return match == null
                ? inquiry
                : inquiry.filtered(rule, new MatchedQuery(inquiry, match, inquiry.isFollowed()), filter);
    }
}

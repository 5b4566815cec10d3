package org.sentrydns.server.rule;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.Rule;
import org.sentrydns.api.RuleType;
import org.sentrydns.server.config.RuleSource;
import org.sentrydns.server.plugin.Closer;
import org.sentrydns.server.regex.ExhaustedException;

/** One rule line, ready to decide. Thread-safe. */
public final class CompiledRule {
    private final RuleSource source;
    private final RuleType type;
    private final String verb;
    private final boolean blocking;
    private final Subject subject;
    private final List<Condition> conditions;
    private final Rule rule;
    private final LongAdder verbCount;
    private final boolean shadow;

    /** Made when first needed: most of very many rules never are. */
    private AtomicReference<@Nullable RuleFigures> figures = new AtomicReference<>();

    CompiledRule(
            RuleSource source,
            RuleType type,
            Subject subject,
            List<Condition> conditions,
            Rule rule,
            LongAdder verbCount,
            boolean shadow) {
        this.source = source;
        this.type = type;
        this.verb = type.verb();
        this.blocking = type.blocks();
        this.subject = subject;
        this.conditions = conditions;
        this.rule = rule;
        this.verbCount = verbCount;
        this.shadow = shadow;
        if (rule instanceof TimedRule timed) {
            timed.onPassedOver(() -> touchedFigures().failed());
        }
    }

    /**
     * Null if the rule does not concern this query.
     *
     * @param certain whether the subject is known to match the name
     */
    Subject.@Nullable Match match(Inquiry inquiry, boolean certain) {
        Subject.@Nullable Match match;
        try {
            match = certain && subject instanceof PatternSubject pattern
                    ? pattern.surely(inquiry)
                    : subject.match(inquiry);
        } catch (ExhaustedException e) {
            // Whom the rule does not concern need not suffer from it.
            if (failingCondition(inquiry) >= 0) {
                return null;
            }
            throw e;
        }
        return match != null && failingCondition(inquiry) < 0 ? match : null;
    }

    /** The first condition that does not hold, counted from 0; -1 if all do. */
    int failingCondition(Inquiry inquiry) {
        for (int i = 0; i < conditions.size(); i++) {
            if (!conditions.get(i).holds(inquiry)) {
                return i;
            }
        }
        return -1;
    }

    /** @param rehearsal whether no client waits for the query */
    Outcome apply(Inquiry inquiry, Subject.Match match, boolean rehearsal) throws Exception {
        boolean nobodyWaits = rehearsal || inquiry.isFollowed();
        return rule.apply(new MatchedQuery(inquiry, match, nobodyWaits || shadow, shadow && !nobodyWaits));
    }

    /** Lets go of what the rule holds, if it holds anything. */
    void close(Closer closer) {
        switch (rule) {
            case TimedRule timed -> timed.close(closer);
            case HousedRule housed -> housed.close(closer, "the rule " + this);
            default -> closer.close(rule, "the rule " + this);
        }
    }

    /** Counts a query that the rule concerned. */
    public void countHit() {
        verbCount.increment();
        touchedFigures().hit();
    }

    /** Goes on counting where an earlier reading of the line counts. To be called before queries come. */
    void continueFigures(CompiledRule earlier) {
        figures = earlier.figures;
    }

    RuleFigures touchedFigures() {
        RuleFigures known = figures.get();
        if (known != null) {
            return known;
        }
        RuleFigures made = new RuleFigures();
        RuleFigures first = figures.compareAndExchange(null, made);
        return first == null ? made : first;
    }

    /** Empty if the rule was never tried. */
    public Optional<RuleFigures> figures() {
        return Optional.ofNullable(figures.get());
    }

    public String verb() {
        return verb;
    }

    /** Whether it keeps clients from names. */
    public boolean isBlocking() {
        return blocking;
    }

    RuleType type() {
        return type;
    }

    /** Whether it only says what it would do. */
    public boolean isShadow() {
        return shadow;
    }

    /** Whether each query that it concerns ends with it. */
    boolean alwaysDecides() {
        return !shadow && type.alwaysDecides();
    }

    /** The subject as it is written. */
    public String subjectText() {
        return Words.of(source.text()).get(1).text();
    }

    /** A condition as it is written, counted from 0. */
    String conditionText(int number) {
        return ConditionTexts.of(source.text(), conditions.size()).get(number);
    }

    Subject subject() {
        return subject;
    }

    List<Condition> conditions() {
        return conditions;
    }

    /** The line and where it stands. */
    public RuleSource source() {
        return source;
    }

    /** The line and its place, for the log. */
    @Override
    public String toString() {
        return "'" + source.text() + "' (" + source.place() + ")";
    }
}

package org.sentrydns.server.rule;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.Rule;
import org.sentrydns.server.config.RuleSource;

/** One rule line, ready to decide. Thread-safe. */
public final class CompiledRule {
    private final RuleSource source;
    private final String verb;
    private final Subject subject;
    private final List<Condition> conditions;
    private final Rule rule;
    private final LongAdder verbCount;

    CompiledRule(
            RuleSource source,
            String verb,
            Subject subject,
            List<Condition> conditions,
            Rule rule,
            LongAdder verbCount) {
        this.source = source;
        this.verb = verb;
        this.subject = subject;
        this.conditions = conditions;
        this.rule = rule;
        this.verbCount = verbCount;
    }

    /** Null if the rule does not concern this query. */
    Subject.@Nullable Match match(Inquiry inquiry) {
        Subject.@Nullable Match match = subject.match(inquiry);
        if (match != null) {
            for (Condition condition : conditions) {
                if (!condition.holds(inquiry)) {
                    return null;
                }
            }
        }
        return match;
    }

    Outcome apply(Inquiry inquiry, Subject.Match match) throws Exception {
        verbCount.increment();
        return rule.apply(new MatchedQuery(inquiry, match));
    }

    public String verb() {
        return verb;
    }

    /** The line and its place, for the log. */
    @Override
    public String toString() {
        return "'" + source.text() + "' (" + source.place() + ")";
    }
}

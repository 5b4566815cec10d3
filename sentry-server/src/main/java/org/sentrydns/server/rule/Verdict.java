package org.sentrydns.server.rule;

import java.util.Optional;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.Reply;
import org.sentrydns.server.log.Milestones;
import org.sentrydns.server.regex.ExhaustedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the rules decided about one query. Immutable. */
public sealed interface Verdict {

    /** The inquiry as the last rule saw it, with the name that rewrites made. */
    Inquiry inquiry();

    /** The rule that decided, or failed; empty if none did. */
    default Optional<CompiledRule> decider() {
        return switch (this) {
            case Answer answer -> Optional.of(answer.rule());
            case Forward forward -> Optional.of(forward.rule());
            case Drop drop -> Optional.of(drop.rule());
            case NoRule noRule -> Optional.empty();
            case Failed failed -> Optional.of(failed.rule());
        };
    }

    record Answer(Inquiry inquiry, CompiledRule rule, Reply reply) implements Verdict {}

    record Forward(Inquiry inquiry, CompiledRule rule, Outcome.Forward forward) implements Verdict {}

    record Drop(Inquiry inquiry, CompiledRule rule) implements Verdict {}

    /** No rule decided. */
    record NoRule(Inquiry inquiry) implements Verdict {}

    /**
     * A rule threw.
     *
     * @param times how often that happened so far, in this way if it was stopped or given up; 0 if nobody counts
     */
    record Failed(Inquiry inquiry, CompiledRule rule, Throwable cause, long times) implements Verdict {
        private static final Logger LOG = LoggerFactory.getLogger("sentry.core");

        /** Counts the failure. */
        public static Failed of(Inquiry inquiry, CompiledRule rule, Throwable cause) {
            long failures = rule.touchedFigures().failed();
            long times = switch (cause) {
                case ExhaustedException exhausted -> rule.touchedFigures().stopped();
                case OverrunException overrun -> overrun.times();
                default -> failures;
            };
            return new Failed(inquiry, rule, cause, times);
        }

        /** Says it in the log. A rule may fail for each query of somebody who means harm: not each has its line. */
        public void report() {
            if (times == 0 || Milestones.isOne(times)) {
                String again = times > 1 ? " (" + times + " times so far)" : "";
                // What a stranger says stays in its line.
                String why = cause.toString().replaceAll("\\R", " ");
                LOG.error("the rule {} failed on {}: {}{}", rule, inquiry.dotted(), why, again);
                LOG.debug("where it failed", cause);
            }
        }
    }
}

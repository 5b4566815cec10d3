package org.sentrydns.server.rule;

import java.util.List;
import java.util.Set;
import org.sentrydns.server.config.Expectation;
import org.sentrydns.server.config.Problems;
import org.sentrydns.server.log.Muted;

/**
 * Holds rules against what the user expects of them. Confined to one thread.
 *
 * @param rules the rules
 * @param verbs all verbs there are
 * @param clock what the conditions of the rules go by
 */
public record Expectations(RuleBook rules, Set<String> verbs, MovableClock clock) {

    /** Adds a problem for each that is not met, and for each that cannot be understood. */
    public void check(List<Expectation> expectations, Problems problems) {
        for (Expectation expectation : expectations) {
            try {
                check(expectation, Question.parse(expectation.question()), problems);
            } catch (IllegalArgumentException e) {
                problems.add(expectation.inQuestion(String.valueOf(e.getMessage())));
            }
        }
    }

    private void check(Expectation expectation, Question question, Problems problems) {
        question.at().ifPresent(clock::holdAt);
        try {
            ExpectedOutcome expected = ExpectedOutcome.parse(expectation.outcome(), verbs);
            Verdict verdict = Muted.run(() -> rules.inspect(question.inquiry()));
            if (!expected.isMet(verdict)) {
                problems.add(expectation.inOutcome("expected " + expectation.outcome() + ", but " + decided(verdict)));
            }
        } catch (IllegalArgumentException e) {
            problems.add(expectation.inOutcome(String.valueOf(e.getMessage())));
        } finally {
            clock.goOn();
        }
    }

    private static String decided(Verdict verdict) {
        return verdict.decider()
                .map(rule -> rule + " decides: " + Deed.of(verdict))
                .orElse("no rule decides");
    }
}

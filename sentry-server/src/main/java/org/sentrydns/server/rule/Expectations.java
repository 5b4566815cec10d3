package org.sentrydns.server.rule;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.sentrydns.server.config.Expectation;
import org.sentrydns.server.config.Problems;
import org.sentrydns.server.log.Muted;

/**
 * Holds rules against what the user expects of them. Confined to one thread.
 *
 * @param rules the rules
 * @param verbs all verbs there are
 * @param now the server's time and zone
 * @param elsewhen the same rules at another time
 */
public record Expectations(RuleBook rules, Set<String> verbs, Clock now, Function<Clock, RuleBook> elsewhen) {

    /** Adds a problem for each that is not met, and for each that cannot be understood. */
    public void check(List<Expectation> expectations, Problems problems) {
        Map<Question.Moment, RuleBook> books = new HashMap<>();
        for (Expectation expectation : expectations) {
            Question question;
            try {
                question = Question.parse(expectation.question());
            } catch (IllegalArgumentException e) {
                problems.add(expectation.inQuestion(String.valueOf(e.getMessage())));
                continue;
            }
            RuleBook book = question.at()
                    .map(at -> books.computeIfAbsent(at, moment -> elsewhen.apply(moment.clock(now))))
                    .orElse(rules);
            check(expectation, question, book, problems);
        }
        books.values().forEach(RuleBook::close);
    }

    private void check(Expectation expectation, Question question, RuleBook book, Problems problems) {
        try {
            ExpectedOutcome expected = ExpectedOutcome.parse(expectation.outcome(), verbs);
            Verdict verdict = Muted.run(() -> book.inspect(question.inquiry()));
            if (!expected.isMet(verdict)) {
                problems.add(expectation.inOutcome("expected " + expectation.outcome() + ", but " + decided(verdict)));
            }
        } catch (IllegalArgumentException e) {
            problems.add(expectation.inOutcome(String.valueOf(e.getMessage())));
        }
    }

    private static String decided(Verdict verdict) {
        return verdict.decider()
                .map(rule -> rule + " decides: " + Deed.of(verdict))
                .orElse("no rule decides");
    }
}

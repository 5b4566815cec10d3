package org.sentrydns.server.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.Reply;
import org.sentrydns.api.RuleType;
import org.sentrydns.server.log.Muted;
import org.slf4j.LoggerFactory;

/** An explanation is what really happens, with its reasons. */
final class ExplanationTest {
    private static final List<RuleType> VERBS = List.of(
            FakeVerb.plain("yes", query -> Outcome.answer(Reply.empty())),
            FakeVerb.plain("drop", query -> Outcome.drop()),
            FakeVerb.plain("log", query -> Outcome.pass()),
            FakeVerb.plain("bad", query -> {
                throw new IllegalStateException("bad");
            }),
            FakeVerb.plain("spare", query -> Outcome.passOver("drop")),
            FakeVerb.rename());

    private static Explanation explain(String question, String... rules) {
        return Rules.book(VERBS, rules).explain(Question.parse(question).inquiry());
    }

    private static List<Explanation.Part> parts(Explanation explanation) {
        return explanation.steps().stream().map(Explanation.Step::part).toList();
    }

    @Test
    void steps_sayWhyEachRuleTookNoPart() {
        List<Explanation.Part> parts = parts(explain(
                "a.test MX from 10.0.0.7",
                "yes ^b",
                "yes ^a if type is MX and client is 10.0.0.8, 10.0.0.9",
                "rename ^a to b.test",
                "yes ^b",
                "yes ^"));

        assertInstanceOf(Explanation.OtherName.class, parts.get(0));
        assertEquals(new Explanation.OtherCondition("client is 10.0.0.8, 10.0.0.9"), parts.get(1));
        assertInstanceOf(Explanation.Applied.class, parts.get(2));
        assertInstanceOf(Explanation.Applied.class, parts.get(3));
        assertEquals(new Explanation.PassedOver(), parts.get(4));
    }

    private static final String ENDLESS = "^(a+)+\\1$(?<!q)";
    private static final String LONG = "a".repeat(60) + "b.x";

    /** As for a query: neither whom it does not concern nor whom an earlier rule spares suffers from it. */
    @Test
    void steps_ofAnExpressionThatCannotBeDecided_failOnlyWhereTheRuleCounts() {
        assertInstanceOf(
                Explanation.Failing.class,
                parts(explain(LONG, "drop " + ENDLESS)).getFirst());
        assertEquals(
                new Explanation.OtherName(),
                parts(explain(LONG, "drop " + ENDLESS + " if client is 10.9.9.9"))
                        .getFirst());
        Explanation spared = explain(LONG, "spare ^", "drop " + ENDLESS, "yes ^");
        assertEquals(new Explanation.VerbPassedOver(), parts(spared).get(1));
        assertInstanceOf(Verdict.Answer.class, spared.verdict());
    }

    @Test
    void steps_seeTheNameThatARewriteMade() {
        Explanation explanation = explain("a.test", "rename ^a to b.test", "yes ^b");

        assertEquals("a.test.", explanation.steps().getFirst().name());
        assertEquals("b.test.", explanation.steps().getLast().name());
        assertEquals("b.test.", explanation.verdict().inquiry().dotted());
    }

    @Test
    void rule_inShadow_isShownAndDecidesNothing() {
        Explanation explanation =
                explain("a.test", "drop ^a with shadow", "bad ^a with shadow", "yes ^a with shadow if type is A");

        assertEquals(
                new Explanation.InShadow(Outcome.drop(), java.util.Optional.empty()),
                parts(explanation).getFirst());
        assertInstanceOf(Explanation.Failing.class, parts(explanation).get(1));
        assertInstanceOf(Explanation.InShadow.class, parts(explanation).get(2));
        assertInstanceOf(Verdict.NoRule.class, explanation.verdict());
    }

    @Test
    void rule_inShadow_whoseExpressionIsStopped_decidesNothing() {
        RuleBook book = Rules.book(VERBS, "drop ^(a+)+\\1$ with shadow", "yes ^a");
        Inquiry inquiry = Question.parse("a".repeat(60) + ".b").inquiry();

        assertInstanceOf(Verdict.Answer.class, book.decide(inquiry));
        assertInstanceOf(Verdict.Answer.class, book.explain(inquiry).verdict());
        assertEquals(1, book.rules().getFirst().figures().orElseThrow().timesStopped());
    }

    @Test
    void explanation_agreesWithTheDecision() {
        Random random = new Random(20261124);
        String[] verbs = {"yes %s", "drop %s", "log %s", "bad %s", "rename %s to b.x.test", "rename %s to c.test"};
        String[] subjects = {"^a", "b\\.", "^", "test$", "^c\\.test$", "x|c", "[ab]", "nothing"};
        String[] ends = {
            "", "", "", " with shadow", " if type is A", " if type is not A, MX", " if client is 10.0.0.0/8"
        };
        String[] questions = {"a.test", "b.test", "c.test", "x.test", "a.x.test", "q.example"};
        String[] more = {"", " MX", " AAAA from 10.1.2.3", " from 10.0.0.1"};
        for (int round = 0; round < 3000; round++) {
            List<String> lines = new ArrayList<>();
            for (int i = random.nextInt(9); i >= 0; i--) {
                lines.add(any(verbs, random).formatted(any(subjects, random)) + any(ends, random));
            }
            RuleBook book = Rules.book(VERBS, lines.toArray(String[]::new));
            Inquiry inquiry =
                    Question.parse(any(questions, random) + any(more, random)).inquiry();

            Explanation explanation = book.explain(inquiry);
            assertEquals(text(Muted.run(() -> book.decide(inquiry))), text(explanation.verdict()), lines::toString);
            assertEquals(book.size(), explanation.steps().size());
        }
    }

    private static String any(String[] of, Random random) {
        return of[random.nextInt(of.length)];
    }

    private static String text(Verdict verdict) {
        return verdict.getClass().getSimpleName() + " " + verdict.inquiry().dotted() + " " + verdict.decider() + " "
                + Deed.of(verdict);
    }

    @Test
    void explanation_countsNothing_andWhatRulesSayIsNotHeard() {
        AtomicInteger heard = new AtomicInteger();
        RuleBook book = Rules.book(
                List.of(FakeVerb.plain("yes", query -> {
                    if (LoggerFactory.getLogger("sentry.rules.yes").isErrorEnabled()) {
                        heard.incrementAndGet();
                    }
                    return Outcome.pass();
                })),
                "yes ^a",
                "yes ^a with shadow");
        Inquiry inquiry = Question.parse("a.test").inquiry();
        book.explain(inquiry);

        assertEquals(0, heard.get());
        assertTrue(book.rules().getFirst().figures().isEmpty());
        book.decide(inquiry);
        assertEquals(1, heard.get(), "the one in shadow is not heard");
        assertEquals(1, book.rules().getLast().figures().orElseThrow().hits());
    }
}

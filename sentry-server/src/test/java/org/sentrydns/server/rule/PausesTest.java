package org.sentrydns.server.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.Transport;
import org.sentrydns.server.wire.Queries;
import org.xbill.DNS.Type;

final class PausesTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final Pauses pauses = new Pauses(now::get);
    private final RuleBook book = Rules.book(
            List.of(verb("block"), verb("say"), verb("blocklisted")),
            "block ^a",
            "block ^b",
            "say ^c",
            "blocklisted ^d");

    private static FakeVerb verb(String name) {
        return FakeVerb.plain(name, query -> Outcome.drop());
    }

    private CompiledRule rule(int place) {
        return book.rules().get(place);
    }

    @Test
    void pause_ofOneRule_concernsThatOneUntilItsTimeIsOver() {
        pauses.pause(rule(0), MINUTE);

        assertTrue(pauses.concern(rule(0)));
        assertFalse(pauses.concern(rule(1)));
        now.addAndGet(MINUTE.toNanos() - 1);
        assertEquals(Optional.of(Duration.ofNanos(1)), pauses.left(rule(0)));
        now.incrementAndGet();
        assertFalse(pauses.concern(rule(0)));
    }

    @Test
    void pauseBlocking_concernsTheRulesOfAllVerbsThatBlock() {
        pauses.pauseBlocking(MINUTE);

        assertTrue(pauses.concern(rule(0)));
        assertTrue(pauses.concern(rule(1)));
        assertFalse(pauses.concern(rule(2)));
        assertTrue(pauses.concern(rule(3)));
    }

    @Test
    void resume_endsOnePauseAndLeavesTheOthers() {
        pauses.pause(rule(0), MINUTE);
        pauses.pause(rule(2), MINUTE);
        pauses.pauseBlocking(MINUTE);
        pauses.resumeBlocking();
        pauses.resume(rule(2));

        assertTrue(pauses.concern(rule(0)));
        assertFalse(pauses.concern(rule(1)));
        assertFalse(pauses.concern(rule(2)));
    }

    @Test
    void takeOver_goesOnWithThePausesOfAnEarlierBook() {
        pauses.pause(rule(1), MINUTE);
        Pauses later = new Pauses(now::get);
        later.takeOver(pauses);

        assertEquals(Optional.of(MINUTE), later.left(rule(1)));
    }

    @Test
    void decide_whileARuleIsPaused_passesItOverAndCountsThat() {
        Inquiry inquiry =
                Inquiry.of(Rules.asker("10.0.0.1", Transport.UDP), Queries.decoded(Queries.of("a.test", Type.A)));
        book.pauses().pause(rule(0), MINUTE);

        assertInstanceOf(Verdict.NoRule.class, book.decide(inquiry));
        assertEquals(1, rule(0).figures().orElseThrow().timesPassedOver());
        assertEquals(0, rule(0).figures().orElseThrow().hits());
        book.pauses().resume(rule(0));
        assertInstanceOf(Verdict.Drop.class, book.decide(inquiry));
    }

    @Test
    void book_thatFollowsAnother_keepsItsPauses() {
        RuleBook next = Rules.book(List.of(verb("block"), verb("say")), "say ^new", "block ^a", "block ^b");
        book.pauses().pause(rule(0), MINUTE);
        next.continueFrom(book);

        assertTrue(next.pauses().concern(next.rules().get(1)));
        assertFalse(next.pauses().concern(next.rules().get(2)));
    }

    @Test
    void explain_ofAPausedRule_saysSoAndAgreesWithTheDecision() {
        RuleBook paused = Rules.book(List.of(verb("block"), verb("say")), "block ^a", "say ^a");
        paused.pauses().pauseBlocking(MINUTE);
        Inquiry inquiry =
                Inquiry.of(Rules.asker("10.0.0.1", Transport.UDP), Queries.decoded(Queries.of("a.test", Type.A)));
        Explanation explanation = paused.explain(inquiry);

        assertInstanceOf(
                Explanation.Paused.class, explanation.steps().getFirst().part());
        assertInstanceOf(
                Explanation.Applied.class, explanation.steps().getLast().part());
        assertEquals(paused.decide(inquiry).decider(), explanation.verdict().decider());
    }

    @Test
    void ruleThatFails_decidesNothingWhileItIsPaused() {
        RuleBook paused = Rules.book(List.of(verb("block"), verb("say")), "block ^(a+)+\\1$", "say ^a");
        Inquiry inquiry = Question.parse("a".repeat(60) + ".b").inquiry();
        assertInstanceOf(Verdict.Failed.class, paused.decide(inquiry));
        paused.pauses().pause(paused.rules().getFirst(), MINUTE);

        assertInstanceOf(Verdict.Drop.class, paused.decide(inquiry));
        assertInstanceOf(Verdict.Drop.class, paused.explain(inquiry).verdict());
        assertEquals(2, paused.rules().getFirst().figures().orElseThrow().timesStopped());
    }
}

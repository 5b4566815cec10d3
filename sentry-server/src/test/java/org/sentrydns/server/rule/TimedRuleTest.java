package org.sentrydns.server.rule;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.Rule;
import org.sentrydns.api.Transport;
import org.sentrydns.server.config.RuleSource;
import org.sentrydns.server.config.RuleTime;
import org.sentrydns.server.config.RuleTime.Overrun;
import org.sentrydns.server.config.SourceText;
import org.sentrydns.server.plugin.Closer;
import org.sentrydns.server.wire.Queries;
import org.xbill.DNS.Type;

final class TimedRuleTest {
    private static final Duration BUDGET = Duration.ofMillis(20);

    private final CountDownLatch never = new CountDownLatch(1);
    private final AtomicInteger calls = new AtomicInteger();

    private static TimedRule timed(Rule rule, Overrun overrun) {
        return timed(rule, new RuleTime(BUDGET, overrun), 64);
    }

    private static TimedRule timed(Rule rule, RuleTime time, int threads) {
        RuleSource source = new RuleSource("hang ^a", new SourceText("rules", "\"hang ^a\""), 0, 0);
        return new TimedRule(rule, source, time, TimedRuleTest.class.getClassLoader(), threads);
    }

    private static MatchedQuery query() {
        Inquiry inquiry =
                Inquiry.of(Rules.asker("10.0.0.1", Transport.UDP), Queries.decoded(Queries.of("a.test", Type.A)));
        return new MatchedQuery(inquiry, number -> java.util.Optional.empty(), false);
    }

    private Outcome hang() throws InterruptedException {
        calls.incrementAndGet();
        never.await();
        return Outcome.drop();
    }

    @Test
    void apply_inTime_isWhatTheRuleSays() throws Exception {
        assertEquals(
                Outcome.drop(), timed(query -> Outcome.drop(), Overrun.SERVFAIL).apply(query()));
    }

    @Test
    void apply_thatThrows_throwsTheSame() {
        TimedRule rule = timed(
                query -> {
                    throw new IOException("no luck");
                },
                Overrun.PASS);
        assertEquals(
                "no luck",
                assertThrows(IOException.class, () -> rule.apply(query())).getMessage());
        TimedRule worse = timed(
                query -> {
                    throw new NoClassDefFoundError("Gone");
                },
                Overrun.PASS);
        assertThrows(NoClassDefFoundError.class, () -> worse.apply(query()));
    }

    @Test
    void apply_callsThatHaveNotBegunInTime_neverDo() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        TimedRule rule = timed(
                query -> {
                    calls.incrementAndGet();
                    while (free.getCount() > 0) {
                        Thread.onSpinWait();
                    }
                    return Outcome.drop();
                },
                Overrun.PASS);
        int many = 200;
        CountDownLatch passed = new CountDownLatch(many);
        for (int i = 0; i < many; i++) {
            Thread.ofPlatform().daemon().start(() -> {
                try {
                    if (rule.apply(query()) instanceof Outcome.Pass) {
                        passed.countDown();
                    }
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
        }
        assertTrue(passed.await(20, TimeUnit.SECONDS));
        free.countDown();
        // Those that spin hold the processors; what waits behind them is called off. On platform threads 64 may be
        // called.
        assertTrue(calls.get() <= 64 + Runtime.getRuntime().availableProcessors(), () -> calls + " calls");
    }

    @Test
    void apply_tooLong_isInterruptedAndFails() {
        AtomicBoolean interrupted = new AtomicBoolean();
        TimedRule rule = timed(
                query -> {
                    try {
                        return hang();
                    } catch (InterruptedException e) {
                        interrupted.set(true);
                        throw e;
                    }
                },
                Overrun.SERVFAIL);
        OverrunException e = assertThrows(OverrunException.class, () -> rule.apply(query()));
        assertEquals("it took longer than its 0.02 s (rule_budget)", e.getMessage());
        assertEquals(1, e.times());
        await().untilTrue(interrupted);
    }

    @Test
    void apply_tooLongWithPass_letsTheNextRuleDecide() throws Exception {
        AtomicInteger passedOver = new AtomicInteger();
        TimedRule rule = timed(query -> hang(), Overrun.PASS);
        rule.onPassedOver(passedOver::incrementAndGet);
        assertEquals(Outcome.pass(), rule.apply(query()));
        assertEquals(Outcome.pass(), rule.apply(query()));
        assertEquals(2, passedOver.get());
        assertEquals(2, calls.get());
    }

    @Test
    void apply_tooLongWithDisable_isNotCalledAgain() throws Exception {
        AtomicInteger passedOver = new AtomicInteger();
        TimedRule rule = timed(query -> hang(), Overrun.DISABLE);
        rule.onPassedOver(passedOver::incrementAndGet);
        assertEquals(Outcome.pass(), rule.apply(query()));
        assertEquals(Outcome.pass(), rule.apply(query()));
        assertEquals(2, passedOver.get());
        assertEquals(1, calls.get());
    }

    @Test
    void apply_thatNothingEnds_isCalledOnlySoOften() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        TimedRule rule = timed(
                query -> {
                    calls.incrementAndGet();
                    while (true) {
                        try {
                            release.await();
                            return Outcome.drop();
                        } catch (InterruptedException e) {
                            // It is that kind of rule.
                        }
                    }
                },
                Overrun.PASS);
        for (int i = 0; i < TimedRule.MAX_STUCK + 5; i++) {
            assertEquals(Outcome.pass(), rule.apply(query()));
        }
        assertEquals(TimedRule.MAX_STUCK, calls.get());
        release.countDown();
        await().untilAsserted(() -> assertEquals(Outcome.drop(), rule.apply(query())));
    }

    @Test
    void apply_whileOneNeverEndsAndAllThreadsAreTaken_waitsForItsTurn() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Rule unstoppable = query -> {
            calls.incrementAndGet();
            while (true) {
                try {
                    end.await();
                    return Outcome.drop();
                } catch (InterruptedException e) {
                    // It is that kind of rule.
                }
            }
        };
        TimedRule rule = timed(unstoppable, new RuleTime(Duration.ofMinutes(1), Overrun.SERVFAIL), 2);
        FutureTask<Outcome> first = apply(rule, 1);
        first.cancel(true);
        // The first is left behind only when its caller has seen the interruption.
        await().until(() -> caller.getState() == Thread.State.TERMINATED);
        FutureTask<Outcome> second = apply(rule, 2);
        FutureTask<Outcome> third = apply(rule, 3);
        FutureTask<Outcome> fourth = new FutureTask<>(() -> rule.apply(query()));
        Thread waiting = Thread.ofPlatform().daemon().start(fourth);
        await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING || fourth.isDone());
        assertEquals(3, calls.get());
        end.countDown();
        assertEquals(Outcome.drop(), second.get());
        assertEquals(Outcome.drop(), third.get());
        assertEquals(Outcome.drop(), fourth.get());
    }

    private Thread caller = Thread.currentThread();

    /** Begins a call, and returns when it is so many-th call that has begun. */
    private FutureTask<Outcome> apply(TimedRule rule, int call) {
        FutureTask<Outcome> task = new FutureTask<>(() -> rule.apply(query()));
        caller = Thread.ofPlatform().daemon().start(task);
        await().until(() -> calls.get() == call);
        return task;
    }

    @Test
    void apply_notCalledForWantOfThreads_saysSo() {
        CountDownLatch end = new CountDownLatch(1);
        TimedRule rule = timed(
                query -> {
                    while (end.getCount() > 0) {
                        LockSupport.park();
                    }
                    return Outcome.drop();
                },
                new RuleTime(BUDGET, Overrun.SERVFAIL),
                2);
        for (int i = 0; i < 3; i++) {
            assertEquals("it took longer than its 0.02 s (rule_budget)", failure(rule));
        }
        assertEquals("2 calls of it are running already", failure(rule));
        end.countDown();
    }

    private static String failure(TimedRule rule) {
        return String.valueOf(
                assertThrows(OverrunException.class, () -> rule.apply(query())).getMessage());
    }

    @Test
    void filter_tooLong_leavesTheReplyWithPass() throws Exception {
        TimedRule rule = timed(
                query -> Outcome.onReply((asked, reply) -> {
                    hang();
                    return reply.withRcode(2);
                }),
                Overrun.PASS);
        Outcome.Filter filter = assertInstanceOf(Outcome.Filter.class, rule.apply(query()));
        var reply =
                new org.sentrydns.api.PassingReply(0, java.util.List.of(), java.util.List.of(), java.util.List.of());
        assertEquals(reply, filter.filter().apply(query(), reply));
    }

    @Test
    void close_rule_isClosed() {
        AtomicBoolean closed = new AtomicBoolean();
        timed(new Closable(closed), Overrun.PASS).close(new Closer());
        assertTrue(closed.get());
    }

    private record Closable(AtomicBoolean closed) implements Rule, AutoCloseable {
        @Override
        public Outcome apply(org.sentrydns.api.Query query) {
            return Outcome.pass();
        }

        @Override
        public void close() {
            closed.set(true);
        }
    }
}

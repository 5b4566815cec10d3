package org.sentrydns.server.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.Policy;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.Queries;
import org.sentrydns.server.wire.UpstreamQuery;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** What a race leaves behind: nothing. */
@Timeout(30)
final class RaceTest {
    private static final UpstreamQuery QUESTION = UpstreamQuery.of(
            Queries.decoded(Queries.of("www.test", Type.A)),
            Queries.name("www.test").toWire());

    private static void good(FakeUpstream.Question question) {
        question.reply(Replies.address(question.bytes(), "192.0.2.1"));
    }

    @Test
    void resolve_losers_areCancelledAtOnce() throws Exception {
        try (FakeUpstream silent = FakeUpstream.start(question -> {});
                FakeUpstream good = FakeUpstream.start(question ->
                        question.replyAfter(Duration.ofMillis(50), Replies.address(question.bytes(), "192.0.2.1")));
                Upstreams upstreams = FakeUpstream.asking(Duration.ofSeconds(20))) {
            long started = System.nanoTime();
            assertInstanceOf(
                    UpstreamReply.Replied.class,
                    upstreams.resolve(
                            new Outcome.Forward(
                                    List.of(silent.overUdp(), silent.overTcp(), good.overUdp()), new Policy.Race()),
                            QUESTION));
            assertTrue(System.nanoTime() - started < 5_000_000_000L, "the race waited for its losers");
        }
    }

    @Test
    void resolve_interrupted_endsAtOnce() throws Exception {
        try (FakeUpstream silent = FakeUpstream.start(question -> {});
                FakeUpstream other = FakeUpstream.start(question -> {});
                Upstreams upstreams = FakeUpstream.asking(Duration.ofSeconds(20))) {
            Thread asking = Thread.ofVirtual().start(() -> {
                try {
                    UpstreamReply reply = upstreams.resolve(
                            new Outcome.Forward(List.of(silent.overUdp(), other.overUdp()), new Policy.Race()),
                            QUESTION);
                    throw new AssertionError("nobody could answer, but there is " + reply);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            Awaitility.await().until(() -> silent.queries() > 0 && other.queries() > 0);
            asking.interrupt();
            assertTrue(asking.join(Duration.ofSeconds(5)), "the race goes on");
        }
    }

    @Test
    void run_legsThatDieOfAnError_endTheRaceAtOnce() throws Exception {
        Exchange broken = (query, deadline, health) -> {
            throw new StackOverflowError("too deep");
        };
        List<Target> targets = List.of(
                new Target("a", broken, new TargetHealth(new UpstreamTally("u"), false, System::nanoTime)),
                new Target("b", broken, new TargetHealth(new UpstreamTally("u"), false, System::nanoTime)));
        for (Policy policy : List.of(new Policy.Race(), new Policy.Failover())) {
            UpstreamReply reply = Race.run(targets, policy, QUESTION, System.nanoTime() + 20_000_000_000L);
            String reason = assertInstanceOf(UpstreamReply.Silent.class, reply).reason();
            assertTrue(reason.contains("a: ") && reason.contains("b: "), reason);
            assertTrue(reason.contains("too deep"), reason);
        }
    }

    @Test
    void run_aGoodReplyAfterABadOne_wins() throws Exception {
        for (int i = 0; i < 200; i++) {
            Exchange refusing = (query, deadline, health) -> Replies.failure(query.withId(1), Rcode.REFUSED);
            Exchange good = (query, deadline, health) -> Replies.address(query.withId(1), "192.0.2.1");
            List<Target> targets = List.of(
                    new Target("bad", refusing, new TargetHealth(new UpstreamTally("u"), false, System::nanoTime)),
                    new Target("good", good, new TargetHealth(new UpstreamTally("u"), false, System::nanoTime)));
            UpstreamReply reply = Race.run(targets, new Policy.Race(), QUESTION, System.nanoTime() + 20_000_000_000L);
            byte[] message =
                    assertInstanceOf(UpstreamReply.Replied.class, reply).message();
            assertEquals(Rcode.NOERROR, Header.rcode(message));
        }
    }

    /** As a connection that times out with the whole race: no time is left, and nobody else is to blame for that. */
    @Test
    void run_aLegThatEndsWithTheDeadline_isFollowedByNoOther() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Exchange slow = (query, deadline, health) -> {
            while (deadline - System.nanoTime() > 0) {
                Thread.onSpinWait();
            }
            throw new SocketTimeoutException("no reply");
        };
        Exchange next = (query, deadline, health) -> {
            asked.incrementAndGet();
            throw new SocketTimeoutException("no reply");
        };
        for (int i = 0; i < 20; i++) {
            // New ones each time: an upstream that is known to be down is asked last.
            List<Target> targets = List.of(
                    new Target("slow", slow, new TargetHealth(new UpstreamTally("u"), false, System::nanoTime)),
                    new Target("next", next, new TargetHealth(new UpstreamTally("u"), false, System::nanoTime)),
                    new Target("last", next, new TargetHealth(new UpstreamTally("u"), false, System::nanoTime)));
            Race.run(targets, new Policy.Hedge(Duration.ofSeconds(9)), QUESTION, System.nanoTime() + 5_000_000L);
        }
        assertEquals(0, asked.get());
    }

    @Test
    void resolve_failoverWithAGoodFirst_asksNobodyElse() throws Exception {
        try (FakeUpstream first = FakeUpstream.start(RaceTest::good);
                FakeUpstream second = FakeUpstream.start(RaceTest::good);
                Upstreams upstreams = FakeUpstream.asking(Duration.ofSeconds(10))) {
            for (Policy policy : List.of(new Policy.Failover(), new Policy.Hedge(Duration.ofSeconds(9)))) {
                upstreams.resolve(new Outcome.Forward(List.of(first.overUdp(), second.overUdp()), policy), QUESTION);
            }
            assertEquals(2, first.queries());
            assertEquals(0, second.queries());
        }
    }

    @Test
    void sockets_after1000RacesWithADeadUpstream_areFewAgain() throws Exception {
        try (FakeUpstream silent = FakeUpstream.start(question -> {});
                FakeUpstream good = FakeUpstream.start(RaceTest::good);
                Upstreams upstreams = FakeUpstream.asking(Duration.ofSeconds(2))) {
            Outcome.Forward forward = new Outcome.Forward(List.of(silent.overUdp(), good.overUdp()), new Policy.Race());
            int most = 0;
            for (int i = 0; i < 1000; i++) {
                assertInstanceOf(UpstreamReply.Replied.class, upstreams.resolve(forward, QUESTION));
                most = Math.max(most, upstreams.sockets());
            }
            assertTrue(most <= 200, "sockets open at once: " + most);
            Awaitility.await().atMost(Duration.ofSeconds(8)).until(() -> upstreams.sockets() <= 4);
        }
    }
}

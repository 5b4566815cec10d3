package org.sentrydns.server.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.Policy;
import org.sentrydns.api.Upstream;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.Queries;
import org.sentrydns.server.wire.UpstreamQuery;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Upstreams of every ill behaviour, alone and beside a good one, under every policy. */
final class UpstreamsTest {
    private static final Duration TIMEOUT = Duration.ofMillis(300);
    private static final Duration SLACK = Duration.ofMillis(700);
    private static final UpstreamQuery QUESTION = UpstreamQuery.of(
            Queries.decoded(Queries.of("www.test", Type.A)),
            Queries.name("www.test").toWire());
    private static final List<Policy> POLICIES =
            List.of(new Policy.Race(), new Policy.Failover(), new Policy.Hedge(Duration.ofMillis(20)));

    private final Upstreams upstreams = open();

    private static Upstreams open() {
        try {
            return FakeUpstream.asking(TIMEOUT);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void closeUpstreams() {
        upstreams.close();
    }

    /** What an upstream may do instead of answering. */
    enum Ill {
        SILENT(question -> {}),
        SLOW(question -> question.replyAfter(Duration.ofSeconds(2), Replies.address(question.bytes(), "6.6.6.6"))),
        WRONG_ID(question -> question.reply(Replies.wrongId(question.bytes()))),
        WRONG_QUESTION(question -> question.reply(Replies.wrongQuestion(question.bytes()))),
        WRONG_SOURCE(question -> {
            if (!question.isTcp()) {
                question.replyFromElsewhere(Replies.address(question.bytes(), "6.6.6.6"));
            }
        }),
        GARBAGE(question -> question.reply(new byte[] {1, 2, 3})),
        EMPTY(question -> question.reply(new byte[0])),
        ECHO(question -> question.reply(question.bytes())),
        CUT(question -> question.reply(Replies.cut(question.bytes()))),
        TRUNCATED_AND_CLOSING(question -> {
            if (question.isTcp()) {
                question.close();
            } else {
                question.reply(Replies.truncated(question.bytes()));
            }
        }),
        TRUNCATED_AND_SILENT(question -> {
            if (!question.isTcp()) {
                question.reply(Replies.truncated(question.bytes()));
            }
        }),
        SERVFAIL(question -> question.reply(Replies.failure(question.bytes(), 2))),
        REFUSED(question -> question.reply(Replies.failure(question.bytes(), 5))),
        LAME(question -> question.reply(Replies.referral(question.bytes())));

        @SuppressWarnings("ImmutableEnumChecker") // Scripts keep nothing.
        private final FakeUpstream.Script script;

        Ill(FakeUpstream.Script script) {
            this.script = script;
        }
    }

    static Stream<Arguments> illsAndPolicies() {
        return Stream.of(Ill.values()).flatMap(ill -> POLICIES.stream().map(policy -> Arguments.of(ill, policy)));
    }

    @ParameterizedTest
    @MethodSource("illsAndPolicies")
    void resolve_illUpstreamBesideASlowerGoodOne_getsTheGoodAnswer(Ill ill, Policy policy) throws Exception {
        try (FakeUpstream bad = FakeUpstream.start(ill.script);
                FakeUpstream good = FakeUpstream.start(UpstreamsTest::goodAfterAWhile)) {
            assertAddress("192.0.2.1", resolve(policy, bad.overUdp(), good.overUdp()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void resolve_illUpstreamAlone_endsByTheDeadline(Ill ill) throws Exception {
        try (FakeUpstream bad = FakeUpstream.start(ill.script)) {
            UpstreamReply reply = resolve(new Policy.Race(), bad.overUdp());
            switch (ill) {
                case SERVFAIL -> assertRcode(2, reply);
                case REFUSED -> assertRcode(5, reply);
                case LAME -> assertRcode(0, reply);
                default -> {
                    String reason =
                            assertInstanceOf(UpstreamReply.Silent.class, reply).reason();
                    assertTrue(reason.startsWith("127.0.0.1:" + bad.port() + ": "), reason);
                }
            }
        }
    }

    static Stream<Policy> policies() {
        return POLICIES.stream();
    }

    @ParameterizedTest
    @MethodSource("policies")
    void resolve_closedPort_failsAtOnceAndIsNamed(Policy policy) throws Exception {
        int port = closedPort();
        Upstream closed = Upstream.parse("127.0.0.1:" + port);
        long started = System.nanoTime();
        UpstreamReply reply = resolve(policy, closed);
        assertTrue(System.nanoTime() - started < TIMEOUT.toNanos(), "it waited for a closed port");
        assertEquals(new UpstreamReply.Silent("127.0.0.1:" + port + ": nobody listens there"), reply);
        try (FakeUpstream good = FakeUpstream.start(UpstreamsTest::goodAfterAWhile)) {
            assertAddress("192.0.2.1", resolve(policy, closed, good.overUdp()));
        }
    }

    @ParameterizedTest
    @MethodSource("policies")
    void resolve_nobodySucceeds_passesTheBestFailureOn(Policy policy) throws Exception {
        try (FakeUpstream silent = FakeUpstream.start(Ill.SILENT.script);
                FakeUpstream refused = FakeUpstream.start(Ill.REFUSED.script);
                FakeUpstream failing = FakeUpstream.start(Ill.SERVFAIL.script)) {
            assertRcode(2, resolve(policy, refused.overUdp(), failing.overUdp(), silent.overUdp()));
            assertRcode(5, resolve(policy, silent.overUdp(), refused.overUdp()));
        }
    }

    @ParameterizedTest
    @MethodSource("policies")
    void resolve_nameThatDoesNotExist_isASuccess(Policy policy) throws Exception {
        try (FakeUpstream silent = FakeUpstream.start(Ill.SILENT.script);
                FakeUpstream nothing =
                        FakeUpstream.start(question -> question.reply(Replies.failure(question.bytes(), 3)))) {
            assertRcode(3, resolve(policy, nothing.overUdp(), silent.overUdp()));
        }
    }

    @Test
    void resolve_spoofsBeforeTheRightAnswer_waitsForTheRightOne() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start(question -> {
            question.reply(Replies.wrongId(question.bytes()));
            question.reply(Replies.wrongQuestion(question.bytes()));
            question.reply(Replies.cut(question.bytes()));
            question.replyFromElsewhere(Replies.address(question.bytes(), "6.6.6.6"));
            question.reply(Replies.address(question.bytes(), "192.0.2.1"));
            question.reply(Replies.address(question.bytes(), "192.0.2.1"));
        })) {
            assertAddress("192.0.2.1", resolve(new Policy.Race(), upstream.overUdp()));
        }
    }

    /** A reload closes them while something is still asked in the background. */
    @Test
    void resolve_afterTheEnd_failsAndLeavesNoSocketBehind() throws Exception {
        try (FakeUpstream upstream =
                FakeUpstream.start(question -> question.reply(Replies.address(question.bytes(), "192.0.2.1")))) {
            upstreams.close();
            assertInstanceOf(UpstreamReply.Silent.class, resolve(new Policy.Race(), upstream.overUdp()));
            assertEquals(0, upstreams.sockets());
            assertEquals(0, upstream.queries());
        }
    }

    /** The interface of a link-local address may come up later, or never. */
    @ParameterizedTest
    @MethodSource("policies")
    void resolve_upstreamOnNoInterfaceBesideAGoodOne_getsTheGoodAnswer(Policy policy) throws Exception {
        Upstream absent = Upstream.parse("fe80::1%no-such-one");
        try (FakeUpstream good = FakeUpstream.start(UpstreamsTest::goodAfterAWhile)) {
            assertAddress("192.0.2.1", resolve(policy, absent, good.overUdp()));
        }
        UpstreamReply.Silent alone = assertInstanceOf(UpstreamReply.Silent.class, resolve(policy, absent));
        assertTrue(alone.reason().contains("fe80::1%no-such-one"), alone::reason);
    }

    @Test
    void resolve_truncatedReply_isAskedAgainOverTcp() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start(question -> question.reply(
                question.isTcp()
                        ? Replies.address(question.bytes(), "192.0.2.2")
                        : Replies.truncated(question.bytes())))) {
            assertAddress("192.0.2.2", resolve(new Policy.Race(), upstream.overUdp()));
            assertEquals(2, upstream.queries());
        }
    }

    @Test
    void resolve_tcpUpstream_isNeverAskedOverUdp() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start(question -> {
            if (question.isTcp()) {
                question.reply(Replies.wrongId(question.bytes()));
                question.reply(Replies.address(question.bytes(), "192.0.2.3"));
            }
        })) {
            assertAddress("192.0.2.3", resolve(new Policy.Race(), upstream.overTcp()));
        }
    }

    /** However long a query may take: the upstream has never seen the first datagram. */
    @Test
    @Timeout(60)
    void resolve_datagramThatIsLost_isSentAgainSoon() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (FakeUpstream upstream = FakeUpstream.start(question -> {
                    if (asked.incrementAndGet() > 1) {
                        question.reply(Replies.address(question.bytes(), "192.0.2.1"));
                    }
                });
                Upstreams patient = FakeUpstream.asking(Duration.ofMinutes(10))) {
            Outcome.Forward alone = new Outcome.Forward(List.of(upstream.overUdp()), new Policy.Race());
            assertAddress("192.0.2.1", patient.resolve(alone, QUESTION));
        }
    }

    @Test
    void resolve_upstreamThatFailsAlone_hasNotWon() throws Exception {
        try (FakeUpstream bad = FakeUpstream.start(Ill.REFUSED.script)) {
            assertRcode(Rcode.REFUSED, resolve(new Policy.Race(), bad.overUdp()));
            assertEquals(0, upstreams.figures().getFirst().won());
        }
    }

    @Test
    void resolve_eachQuery_hasItsOwnId() throws Exception {
        var ids = java.util.concurrent.ConcurrentHashMap.<Integer>newKeySet();
        try (FakeUpstream upstream = FakeUpstream.start(question -> {
            ids.add(Header.id(question.bytes()));
            question.reply(Replies.address(question.bytes(), "192.0.2.1"));
        })) {
            for (int i = 0; i < 50; i++) {
                assertAddress("192.0.2.1", resolve(new Policy.Race(), upstream.overUdp()));
            }
        }
        assertTrue(ids.size() > 40, "different IDs of 50: " + ids.size());
    }

    private static void goodAfterAWhile(FakeUpstream.Question question) {
        question.replyAfter(Duration.ofMillis(30), Replies.address(question.bytes(), "192.0.2.1"));
    }

    private UpstreamReply resolve(Policy policy, Upstream... asked) throws InterruptedException {
        long started = System.nanoTime();
        UpstreamReply reply = upstreams.resolve(new Outcome.Forward(List.of(asked), policy), QUESTION);
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        assertTrue(took.compareTo(TIMEOUT.plus(SLACK)) < 0, "it took " + took);
        return reply;
    }

    private static void assertAddress(String address, UpstreamReply reply) throws IOException {
        UpstreamReply.Replied replied = assertInstanceOf(UpstreamReply.Replied.class, reply, reply.toString());
        assertEquals(
                address,
                new Message(replied.message())
                        .getSection(Section.ANSWER)
                        .getFirst()
                        .rdataToString());
    }

    private static void assertRcode(int rcode, UpstreamReply reply) {
        UpstreamReply.Replied replied = assertInstanceOf(UpstreamReply.Replied.class, reply, reply.toString());
        assertEquals(rcode, Header.rcode(replied.message()));
    }

    private static int closedPort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

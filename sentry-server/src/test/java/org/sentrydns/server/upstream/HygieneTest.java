package org.sentrydns.server.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.Policy;
import org.sentrydns.api.Upstream;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.Hex;
import org.sentrydns.server.wire.Queries;
import org.sentrydns.server.wire.UpstreamQuery;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What a forger has to guess, and that guessing wrong does not even disturb (RFC 5452). */
@Timeout(60)
final class HygieneTest {
    private static final UpstreamQuery QUESTION = question("www.test");

    private static UpstreamQuery question(String name) {
        return UpstreamQuery.of(
                Queries.decoded(Queries.of(name, Type.A)), Queries.name(name).toWire());
    }

    private static UpstreamReply resolve(Upstreams upstreams, UpstreamQuery query, Upstream... asked)
            throws InterruptedException {
        return upstreams.resolve(new Outcome.Forward(List.of(asked), new Policy.Race()), query);
    }

    private static String address(UpstreamReply reply) throws IOException {
        UpstreamReply.Replied replied = assertInstanceOf(UpstreamReply.Replied.class, reply, reply.toString());
        return new Message(replied.message())
                .getSection(Section.ANSWER)
                .getFirst()
                .rdataToString();
    }

    @Test
    void resolve_1000Questions_haveRandomIdsAndComeFromManyPorts() throws Exception {
        Set<Integer> ids = ConcurrentHashMap.newKeySet();
        Set<Integer> ports = ConcurrentHashMap.newKeySet();
        List<Integer> inOrder = new CopyOnWriteArrayList<>();
        try (FakeUpstream upstream = FakeUpstream.start(question -> {
                    ids.add(Header.id(question.bytes()));
                    inOrder.add(Header.id(question.bytes()));
                    ports.add(question.from());
                    question.reply(Replies.address(question.bytes(), "192.0.2.1"));
                });
                Upstreams upstreams = FakeUpstream.asking(Duration.ofSeconds(10))) {
            for (int i = 0; i < 1000; i++) {
                assertEquals("192.0.2.1", address(resolve(upstreams, QUESTION, upstream.overUdp())));
            }
        }
        assertTrue(ids.size() > 950, "different IDs: " + ids.size());
        assertTrue(ports.size() > 20, "different ports: " + ports.size());
        long above = inOrder.stream().filter(id -> id >= 0x8000).count();
        assertTrue(above > 400 && above < 600, "IDs with their first bit set: " + above);
        int steps = 0;
        for (int i = 1; i < inOrder.size(); i++) {
            steps += Math.abs(inOrder.get(i) - inOrder.get(i - 1)) < 16 ? 1 : 0;
        }
        assertTrue(steps < 20, "IDs that follow on the one before: " + steps);
    }

    @Test
    void resolve_legsOfOneRace_haveIdsAndPortsOfTheirOwn() throws Exception {
        List<FakeUpstream.Question> legs = new CopyOnWriteArrayList<>();
        FakeUpstream.Script script = question -> {
            legs.add(question);
            if (legs.size() % 3 == 0) {
                question.reply(Replies.address(question.bytes(), "192.0.2.1"));
            }
        };
        try (FakeUpstream one = FakeUpstream.start(script);
                FakeUpstream two = FakeUpstream.start(script);
                FakeUpstream three = FakeUpstream.start(script);
                Upstreams upstreams = FakeUpstream.asking(Duration.ofSeconds(20))) {
            for (int i = 0; i < 50; i++) {
                resolve(upstreams, QUESTION, one.overUdp(), two.overUdp(), three.overUdp());
            }
        }
        assertEquals(150, legs.size());
        int races = 0;
        for (int i = 0; i < 150; i += 3) {
            Set<Integer> ids = new HashSet<>();
            Set<Integer> ports = new HashSet<>();
            for (FakeUpstream.Question leg : legs.subList(i, i + 3)) {
                ids.add(Header.id(leg.bytes()));
                ports.add(leg.from());
            }
            races += ids.size() == 3 ? 1 : 0;
            assertEquals(3, ports.size());
        }
        assertTrue(races >= 48, "races whose legs had three IDs: " + races);
    }

    /** What a forger may send. Each is built of the question as the upstream saw it. */
    enum Spoof {
        ANOTHER_SOURCE(bytes -> bytes),
        ANOTHER_ID(bytes -> change(bytes, 0, 0x55)),
        ANOTHER_NAME(bytes -> change(bytes, Header.QUESTION + 1, 1)),
        ANOTHER_TYPE(bytes -> change(bytes, Header.QUESTION + 11, 1)),
        ANOTHER_CLASS(bytes -> change(bytes, Header.QUESTION + 13, 2)),
        A_QUERY(bytes -> change(bytes, 2, 0x80)),
        ANOTHER_OPCODE(bytes -> change(bytes, 2, 0x20)),
        NO_QUESTION(bytes -> change(bytes, 5, 1)),
        TWO_QUESTIONS(bytes -> change(bytes, 5, 3)),
        CUT(bytes -> java.util.Arrays.copyOf(bytes, bytes.length - 1)),
        HEADER_ALONE(bytes -> change(java.util.Arrays.copyOf(bytes, Header.LENGTH), 5, 1)),
        EMPTY(bytes -> new byte[0]),
        GARBAGE(bytes -> new byte[] {1, 2, 3}),
        ZEROES(bytes -> new byte[512]);

        @SuppressWarnings("ImmutableEnumChecker") // These functions keep nothing.
        private final java.util.function.UnaryOperator<byte[]> forging;

        Spoof(java.util.function.UnaryOperator<byte[]> forging) {
            this.forging = forging;
        }

        private static byte[] change(byte[] bytes, int at, int bits) {
            byte[] copy = bytes.clone();
            copy[at] ^= (byte) bits;
            return copy;
        }
    }

    @ParameterizedTest
    @EnumSource
    void resolve_spoofBeforeTheRightAnswer_doesNotEndTheQuery(Spoof spoof) throws Exception {
        FakeUpstream.Script script = question -> {
            byte[] forged = spoof.forging.apply(Replies.address(question.bytes(), "6.6.6.6"));
            for (int i = 0; i < 20; i++) {
                if (spoof != Spoof.ANOTHER_SOURCE) {
                    question.reply(forged);
                } else if (!question.isTcp()) {
                    question.replyFromElsewhere(forged);
                }
            }
            question.replyAfter(Duration.ofMillis(20), Replies.address(question.bytes(), "192.0.2.1"));
        };
        try (FakeUpstream upstream = FakeUpstream.start(script);
                Upstreams upstreams = FakeUpstream.asking(Duration.ofSeconds(10))) {
            assertEquals("192.0.2.1", address(resolve(upstreams, QUESTION, upstream.overUdp())));
            assertEquals(1, upstream.queries(), "it was asked again");
            assertEquals("192.0.2.1", address(resolve(upstreams, QUESTION, upstream.overTcp())));
        }
    }

    @Test
    void resolve_lateReplyToAnEarlierQuestion_isNotTakenForTheNext() throws Exception {
        for (boolean tcp : new boolean[] {false, true}) {
            List<FakeUpstream.Question> earlier = new CopyOnWriteArrayList<>();
            FakeUpstream.Script script = question -> {
                if (earlier.isEmpty()
                        || Header.id(question.bytes())
                                == Header.id(earlier.getFirst().bytes())) {
                    earlier.add(question);
                } else {
                    earlier.forEach(late -> late.reply(Replies.address(late.bytes(), "6.6.6.6")));
                    question.replyAfter(Duration.ofMillis(20), Replies.address(question.bytes(), "192.0.2.1"));
                }
            };
            try (FakeUpstream upstream = FakeUpstream.start(script);
                    Upstreams upstreams = FakeUpstream.asking(Duration.ofMillis(300))) {
                Upstream asked = tcp ? upstream.overTcp() : upstream.overUdp();
                assertInstanceOf(UpstreamReply.Silent.class, resolve(upstreams, QUESTION, asked));
                assertEquals("192.0.2.1", address(resolve(upstreams, QUESTION, asked)));
            }
        }
    }

    /** RFC 9520 section 3.1: no more than two retries over one transport. */
    @Test
    void resolve_silentUpstream_isSentTheQuestionThreeTimesAtMost() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start(question -> {});
                Upstreams upstreams = FakeUpstream.asking(Duration.ofMillis(500))) {
            assertInstanceOf(UpstreamReply.Silent.class, resolve(upstreams, QUESTION, upstream.overUdp()));
            assertEquals(3, upstream.queries());
            assertInstanceOf(UpstreamReply.Silent.class, resolve(upstreams, QUESTION, upstream.overTcp()));
            assertEquals(4, upstream.queries());
        }
    }

    @Test
    void resolve_withoutCaseRandomisation_asksAsTheClientDid() throws Exception {
        AtomicReference<String> seen = new AtomicReference<>("");
        try (FakeUpstream upstream = FakeUpstream.start(question -> {
                    seen.set(Hex.of(question.bytes()).substring(4));
                    question.reply(Replies.address(question.bytes(), "192.0.2.1"));
                });
                Upstreams upstreams = FakeUpstream.asking(Duration.ofSeconds(5))) {
            UpstreamQuery query = question("wWw.TesT");
            resolve(upstreams, query, upstream.overUdp());
            assertEquals(Hex.of(query.bytes()).substring(4), seen.get());
        }
    }
}

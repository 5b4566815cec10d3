package org.sentrydns.server.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.Policy;
import org.sentrydns.api.Upstream;
import org.sentrydns.server.loop.SharedLoops;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.Queries;
import org.sentrydns.server.wire.UpstreamQuery;
import org.sentrydns.server.wire.WireName;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Questions in random letters' case (draft-vixie-dnsext-dns0x20). */
@Timeout(30)
final class CaseRandomisationTest {
    private static final String NAME = "a-long-name-0123.with-letters.test.";
    private static final UpstreamQuery QUESTION = UpstreamQuery.of(
            Queries.decoded(Queries.of(NAME, Type.A)), Queries.name(NAME).toWire());

    private static UpstreamReply resolve(Duration timeout, Upstream upstream) throws Exception {
        try (Upstreams upstreams = new Upstreams(
                new UpstreamSettings(timeout, true, false, List.of()), address -> false, SharedLoops.get())) {
            return upstreams.resolve(new Outcome.Forward(List.of(upstream), new Policy.Race()), QUESTION);
        }
    }

    private static String address(UpstreamReply reply) throws IOException {
        UpstreamReply.Replied replied = assertInstanceOf(UpstreamReply.Replied.class, reply, reply.toString());
        return new Message(replied.message())
                .getSection(Section.ANSWER)
                .getFirst()
                .rdataToString();
    }

    /** The reply with its question in lower case, as a forger would send it who does not see the question. */
    private static byte[] forged(byte[] query) {
        byte[] reply = Replies.address(query, "6.6.6.6");
        for (int at = Header.QUESTION; at < Header.QUESTION + NAME.length(); at++) {
            reply[at] = (byte) Character.toLowerCase(reply[at]);
        }
        return reply;
    }

    @Test
    void resolve_lettersOfTheQuestion_vary() throws Exception {
        Set<String> names = ConcurrentHashMap.newKeySet();
        try (FakeUpstream upstream = FakeUpstream.start(question -> {
            names.add(WireName.text(question.bytes(), Header.QUESTION));
            question.reply(Replies.address(question.bytes(), "192.0.2.1"));
        })) {
            for (int i = 0; i < 20; i++) {
                assertEquals("192.0.2.1", address(resolve(Duration.ofSeconds(5), upstream.overUdp())));
            }
        }
        assertTrue(names.size() > 15, "different spellings: " + names.size());
        names.forEach(name -> assertEquals(NAME, name.toLowerCase(Locale.ROOT)));
    }

    @Test
    void resolve_replyInAnotherCase_isIgnored() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start(question -> {
            question.reply(forged(question.bytes()));
            question.reply(Replies.address(question.bytes(), "192.0.2.1"));
        })) {
            assertEquals("192.0.2.1", address(resolve(Duration.ofSeconds(5), upstream.overUdp())));
        }
    }

    /** Where nobody can forge, an upstream that writes the question in lower case is as good as any. */
    @Test
    void resolve_overAConnection_goesInTheCaseThatCame() throws Exception {
        Set<String> names = ConcurrentHashMap.newKeySet();
        try (FakeUpstream upstream = FakeUpstream.start(question -> {
            names.add(WireName.text(question.bytes(), Header.QUESTION));
            question.reply(Replies.address(question.bytes(), "192.0.2.1"));
        })) {
            for (int i = 0; i < 5; i++) {
                assertEquals("192.0.2.1", address(resolve(Duration.ofSeconds(5), upstream.overTcp())));
            }
        }
        assertEquals(Set.of(NAME), names);
    }

    @Test
    void resolve_onlyRepliesInAnotherCase_areNoReply() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start(question -> question.reply(forged(question.bytes())))) {
            assertInstanceOf(UpstreamReply.Silent.class, resolve(Duration.ofMillis(200), upstream.overUdp()));
        }
    }
}

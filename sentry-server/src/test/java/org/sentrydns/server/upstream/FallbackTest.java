package org.sentrydns.server.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.Policy;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.Hex;
import org.sentrydns.server.wire.Queries;
import org.sentrydns.server.wire.UpstreamQuery;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** Asking once more, where an upstream cannot do it the first way: without EDNS, over TCP. */
@Timeout(30)
final class FallbackTest {
    private final List<byte[]> seen = new CopyOnWriteArrayList<>();

    private UpstreamReply.Replied resolve(byte[] client, FakeUpstream.Script script) throws Exception {
        UpstreamQuery query = UpstreamQuery.of(
                Queries.decoded(client), Queries.name("www.test").toWire());
        FakeUpstream.Script noting = question -> {
            seen.add(question.bytes());
            script.on(question);
        };
        try (FakeUpstream upstream = FakeUpstream.start(noting);
                Upstreams upstreams = FakeUpstream.asking(Duration.ofSeconds(5))) {
            return assertInstanceOf(
                    UpstreamReply.Replied.class,
                    upstreams.resolve(new Outcome.Forward(List.of(upstream.overUdp()), new Policy.Race()), query));
        }
    }

    private static boolean hasOpt(byte[] query) {
        return Header.count(query, 3) > 0;
    }

    /** The ways in which upstreams say that they do not understand. */
    private static byte[] refusal(String kind, byte[] query) {
        return switch (kind) {
            case "FORMERR" -> Replies.failure(query, Rcode.FORMERR);
            case "NOTIMP" -> Replies.failure(query, Rcode.NOTIMP);
            case "BADVERS" -> {
                // An OPT record with the upper bits of 16, and NOERROR in the header (RFC 6891 section 6.1.3).
                byte[] bare = Replies.failure(query, Rcode.NOERROR);
                byte[] reply = Arrays.copyOf(bare, bare.length + 11);
                System.arraycopy(Hex.bytes("00 0029 04d0 01 00 0000 0000"), 0, reply, bare.length, 11);
                Header.put16(reply, 10, 1);
                yield reply;
            }
            case "FORMERR, header alone" -> {
                byte[] reply = Arrays.copyOf(Replies.failure(query, Rcode.FORMERR), Header.LENGTH);
                Header.put16(reply, 4, 0);
                yield reply;
            }
            default -> {
                byte[] reply = query.clone();
                Header.put16(reply, 2, 0x8180 | Rcode.FORMERR);
                yield reply;
            }
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"FORMERR", "NOTIMP", "BADVERS", "FORMERR, header alone", "FORMERR, the query sent back"})
    void resolve_upstreamThatDoesNotKnowEdns_isAskedOnceWithoutIt(String kind) throws Exception {
        UpstreamReply.Replied reply = resolve(
                Queries.withEdns("www.test", Type.A, 1232, 0),
                question -> question.reply(
                        hasOpt(question.bytes())
                                ? refusal(kind, question.bytes())
                                : Replies.address(question.bytes(), "192.0.2.1")));
        assertEquals(Rcode.NOERROR, Header.rcode(reply.message()));
        assertEquals(2, seen.size());
        byte[] with = seen.getFirst();
        byte[] without = seen.getLast();
        assertEquals(
                Hex.of(with).substring(4, 20) + "0000" + Hex.of(with).substring(24, 2 * without.length),
                Hex.of(without).substring(4));
        assertEquals(with.length - 11, without.length);
        assertNotEquals(Header.id(with), Header.id(without));
    }

    @Test
    void resolve_upstreamThatRefusesBoth_isNotAskedAThirdTime() throws Exception {
        UpstreamReply.Replied reply = resolve(
                Queries.withEdns("www.test", Type.A, 1232, 0),
                question -> question.reply(Replies.failure(question.bytes(), Rcode.FORMERR)));
        assertEquals(Rcode.FORMERR, Header.rcode(reply.message()));
        assertEquals(2, seen.size());
    }

    @Test
    void resolve_refusalOfAQueryWithoutEdns_isNotAskedAgain() throws Exception {
        UpstreamReply.Replied reply = resolve(
                Queries.of("www.test", Type.A),
                question -> question.reply(Replies.failure(question.bytes(), Rcode.FORMERR)));
        assertEquals(Rcode.FORMERR, Header.rcode(reply.message()));
        assertEquals(1, seen.size());
    }

    /** Old servers cut in the middle of a record. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 15, 16})
    void resolve_truncatedReplyThatIsCut_isAskedAgainOverTcp(int missing) throws Exception {
        UpstreamReply.Replied reply = resolve(Queries.of("www.test", Type.A), question -> {
            byte[] whole = Replies.address(question.bytes(), "192.0.2.1");
            byte[] cut = Arrays.copyOf(whole, whole.length - missing);
            cut[2] |= 2;
            question.reply(question.isTcp() ? whole : cut);
        });
        assertEquals(0x8180, Header.flags(reply.message()));
        assertEquals(1, Header.count(reply.message(), 1));
        assertEquals(2, seen.size());
    }
}

package org.sentrydns.server.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.Queries;
import org.sentrydns.server.wire.UpstreamQuery;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A reply that a cache of HTTP has kept for a while (RFC 8484 section 5.1); its TTL was 60. */
@Timeout(30)
final class HttpsAgeTest {

    @ParameterizedTest
    @CsvSource({"'', 60", "0, 60", "20, 40", "3600, 0", "soon, 60", "-5, 60", "99999999999, 60"})
    void ttl_isLessByTheAge(String age, long ttl) throws Exception {
        Message reply = ask(age, query -> Replies.address(query, "192.0.2.1"));
        assertEquals(ttl, reply.getSection(Section.ANSWER).getFirst().getTTL());
    }

    /** A name that does not exist was said not to for MINIMUM seconds, whatever the SOA's own TTL (RFC 2308 section 5). */
    @ParameterizedTest
    @CsvSource({"50, 10", "0, 60"})
    void ttlOfANegativeAnswer_isLessByTheAge(String age, long ttl) throws Exception {
        Message reply = ask(age, HttpsAgeTest::noSuchName);
        assertEquals(ttl, reply.getSection(Section.AUTHORITY).getFirst().getTTL());
    }

    private static byte[] noSuchName(byte[] query) {
        try {
            Message reply = Replies.start(new Message(query), Rcode.NXDOMAIN);
            reply.addRecord(
                    Record.fromString(
                            Queries.name("test"), Type.SOA, DClass.IN, 3600, "ns. host. 1 2 3 4 60", Name.root),
                    Section.AUTHORITY);
            return reply.toWire(Header.MAX_MESSAGE);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Message ask(String age, UnaryOperator<byte[]> upstream) throws Exception {
        UpstreamQuery query = UpstreamQuery.of(
                Queries.decoded(Queries.of("a.test", Type.A)),
                Queries.name("a.test").toWire());
        try (LoopbackHttp server = new LoopbackHttp(http -> {
                    if (!age.isEmpty()) {
                        http.getResponseHeaders().set("Age", age);
                    }
                    byte[] reply = upstream.apply(http.getRequestBody().readAllBytes());
                    LoopbackHttp.reply(http, 200, LoopbackHttp.DNS_MESSAGE, reply);
                });
                HttpsExchange exchange = new HttpsExchange(server.uri(), null)) {
            return new Message(exchange.ask(
                    query,
                    System.nanoTime() + TimeUnit.SECONDS.toNanos(20),
                    new TargetHealth(new UpstreamTally("u"), false, System::nanoTime)));
        }
    }
}

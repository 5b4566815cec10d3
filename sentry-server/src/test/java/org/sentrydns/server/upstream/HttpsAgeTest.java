package org.sentrydns.server.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sentrydns.server.wire.Queries;
import org.sentrydns.server.wire.UpstreamQuery;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A reply that a cache of HTTP has kept for a while (RFC 8484 section 5.1); its TTL was 60. */
@Timeout(30)
final class HttpsAgeTest {

    @ParameterizedTest
    @CsvSource({"'', 60", "0, 60", "20, 40", "3600, 0", "soon, 60", "-5, 60", "99999999999, 60"})
    void ttl_isLessByTheAge(String age, long ttl) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        server.createContext("/", http -> {
            byte[] reply = Replies.address(http.getRequestBody().readAllBytes(), "192.0.2.1");
            http.getResponseHeaders().set("Content-Type", "application/dns-message");
            if (!age.isEmpty()) {
                http.getResponseHeaders().set("Age", age);
            }
            http.sendResponseHeaders(200, reply.length);
            http.getResponseBody().write(reply);
            http.close();
        });
        server.start();
        UpstreamQuery query = UpstreamQuery.of(
                Queries.decoded(Queries.of("a.test", Type.A)),
                Queries.name("a.test").toWire());
        try (HttpsExchange exchange = new HttpsExchange(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"))) {
            byte[] reply = exchange.ask(
                    query,
                    System.nanoTime() + TimeUnit.SECONDS.toNanos(20),
                    new TargetHealth("u", false, System::nanoTime));
            assertEquals(
                    ttl,
                    new Message(reply).getSection(Section.ANSWER).getFirst().getTTL());
        } finally {
            server.stop(0);
        }
    }
}

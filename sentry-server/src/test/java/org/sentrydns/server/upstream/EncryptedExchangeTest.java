package org.sentrydns.server.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.Queries;
import org.sentrydns.server.wire.UpstreamQuery;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Type;

/** What goes to encrypted upstreams, without the encryption: padding, and the messages of DNS over HTTPS. */
@Timeout(30)
final class EncryptedExchangeTest {
    private static final String MEDIA_TYPE = "application/dns-message";

    private static UpstreamQuery query(String name, boolean edns) {
        byte[] client = edns ? Queries.withEdns(name, Type.A, 1232, ExtendedFlags.DO) : Queries.of(name, Type.A);
        return UpstreamQuery.of(Queries.decoded(client), Queries.name(name).toWire());
    }

    private static TargetHealth health() {
        return new TargetHealth(new UpstreamTally("u"), false, System::nanoTime);
    }

    private static long deadline() {
        return System.nanoTime() + 10_000_000_000L;
    }

    private static byte[] ask(Exchange exchange, UpstreamQuery query) throws Exception {
        return exchange.ask(query, deadline(), health());
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "true, 40", "true, 63", "false, 1", "false, 60"})
    void padding_fillsQuestionsUpTo128_whereTheyAreEncrypted(boolean edns, int letters) throws Exception {
        String name = "x".repeat(letters) + ".test";
        List<byte[]> sent = new CopyOnWriteArrayList<>();
        Exchange upstream = (query, deadline, health) -> {
            sent.add(query.withId(1));
            return Replies.address(query.withId(1), "192.0.2.1");
        };
        QueryIds ids = new QueryIds();
        ask(new AdaptiveExchange(upstream, ids, false, true), query(name, edns));
        ask(new AdaptiveExchange(upstream, ids, false, false), query(name, edns));
        assertEquals(128, sent.getFirst().length);
        assertEquals(
                edns ? ExtendedFlags.DO : 0,
                new Message(sent.getFirst()).getOPT().getFlags());
        assertEquals(letters + 23 + (edns ? 11 : 0), sent.getLast().length);
    }

    /** Answers each POST with what the script makes of its body. */
    private static byte[] overHttp(
            int status, String type, java.util.function.UnaryOperator<byte[]> script, List<String> seen)
            throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        server.createContext("/dns-query", http -> {
            byte[] body = http.getRequestBody().readAllBytes();
            seen.add(http.getRequestMethod() + " " + http.getRequestHeaders().getFirst("Content-Type") + " id="
                    + Header.id(body));
            byte[] reply = script.apply(body);
            http.getResponseHeaders().set("Content-Type", type);
            http.sendResponseHeaders(status, reply.length);
            http.getResponseBody().write(reply);
            http.close();
        });
        server.start();
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/dns-query");
        try (HttpsExchange exchange = new HttpsExchange(uri, null)) {
            return ask(exchange, query("www.test", true));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void https_questions_arePostedWithIdZero() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        byte[] reply = overHttp(200, MEDIA_TYPE, body -> Replies.address(body, "192.0.2.1"), seen);
        assertEquals(1, Header.count(reply, 1));
        assertEquals(List.of("POST " + MEDIA_TYPE + " id=0", "POST " + MEDIA_TYPE + " id=0"), seen);
    }

    @ParameterizedTest
    @ValueSource(strings = {"404", "text/html", "another question", "cut", "truncated", "query"})
    void https_responseThatIsNoAnswer_fails(String what) {
        java.util.function.UnaryOperator<byte[]> script = body -> {
            byte[] reply = Replies.address(body, "192.0.2.1");
            switch (what) {
                case "another question" -> reply[Header.QUESTION + 1] ^= 1;
                case "cut" -> reply = Arrays.copyOf(reply, reply.length - 1);
                case "truncated" -> reply[2] |= 2;
                case "query" -> reply = body;
                default -> {}
            }
            return reply;
        };
        int status = what.equals("404") ? 404 : 200;
        String type = what.equals("text/html") ? what : MEDIA_TYPE;
        IOException e =
                assertThrows(IOException.class, () -> overHttp(status, type, script, new CopyOnWriteArrayList<>()));
        assertTrue(String.valueOf(e.getMessage()).length() > 10, e.toString());
    }
}

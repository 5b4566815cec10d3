package org.sentrydns.server.upstream;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sentrydns.server.wire.Queries;
import org.sentrydns.server.wire.UpstreamQuery;
import org.xbill.DNS.Type;

/** An upstream over HTTPS that closes connections before it has replied, and one that is asked too much. */
@Timeout(30)
final class HttpsLossTest {
    private static final UpstreamQuery QUESTION = UpstreamQuery.of(
            Queries.decoded(Queries.of("a.test", Type.A)),
            Queries.name("a.test").toWire());

    private final TargetHealth health = new TargetHealth("u", false, System::nanoTime);
    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch mayReply = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server =
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
    private final HttpsExchange exchange;
    private volatile int lost;

    HttpsLossTest() throws IOException {
        server.createContext("/", this::serve);
        server.setExecutor(threads);
        server.start();
        exchange = new HttpsExchange(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/dns-query"));
    }

    @AfterEach
    void close() {
        mayReply.countDown();
        exchange.close();
        server.stop(0);
        threads.close();
    }

    private void serve(HttpExchange http) throws IOException {
        byte[] query = http.getRequestBody().readAllBytes();
        if (asked.incrementAndGet() <= lost) {
            http.close();
            return;
        }
        try {
            mayReply.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        byte[] reply = Replies.address(query, "192.0.2.1");
        http.getResponseHeaders().set("Content-Type", "application/dns-message");
        http.sendResponseHeaders(200, reply.length);
        http.getResponseBody().write(reply);
        http.close();
    }

    private byte[] ask() throws IOException, InterruptedException {
        return exchange.ask(QUESTION, System.nanoTime() + TimeUnit.SECONDS.toNanos(20), health);
    }

    @Test
    void connectionThatIsClosed_isNotTheEndOfItsQuestion() throws Exception {
        lost = 1;
        mayReply.countDown();
        assertTrue(QUESTION.isAnsweredBy(ask()));
        assertEquals(2, asked.get());
    }

    @Test
    void connectionsThatAreAllClosed_areTheEndOfIt() {
        lost = Integer.MAX_VALUE;
        assertThrows(ConnectionLostException.class, this::ask);
        assertEquals(2, asked.get());
    }

    @Test
    void moreThanAServerTakesAtOnce_areNotAsked() throws Exception {
        List<Future<byte[]>> first = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            first.add(threads.submit(this::ask));
        }
        await().until(() -> asked.get() == 80);
        assertThrows(ShortageException.class, this::ask);
        mayReply.countDown();
        for (Future<byte[]> reply : first) {
            assertTrue(QUESTION.isAnsweredBy(reply.get()));
        }
        assertTrue(QUESTION.isAnsweredBy(ask()));
    }
}

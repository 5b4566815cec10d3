package org.sentrydns.server.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.Queries;
import org.sentrydns.server.wire.UpstreamQuery;
import org.xbill.DNS.Type;

/** Names that an upstream over HTTPS never answers, among others. */
@Timeout(30)
final class HttpsSilenceTest {
    private static final int CONNECTIONS = 8;

    private final TargetHealth health = new TargetHealth(new UpstreamTally("u"), false, System::nanoTime);
    private final AtomicLong clock = new AtomicLong();
    private final CountDownLatch slow = new CountDownLatch(1);
    private final CountDownLatch slowAsked = new CountDownLatch(1);
    private final CountDownLatch never = new CountDownLatch(1);
    private final CyclicBarrier together = new CyclicBarrier(CONNECTIONS);
    private final Set<Integer> ports = ConcurrentHashMap.newKeySet();
    private final LoopbackHttp server = new LoopbackHttp(this::serve);
    private final HttpsExchange exchange;

    HttpsSilenceTest() throws IOException {
        exchange = new HttpsExchange(server.uri(), null, clock::get);
    }

    @AfterEach
    void close() {
        never.countDown();
        exchange.close();
        server.close();
    }

    private void serve(HttpExchange http) throws IOException {
        byte[] query = http.getRequestBody().readAllBytes();
        try {
            switch (query[Header.QUESTION + 1]) {
                case 's' -> {
                    slowAsked.countDown();
                    slow.await();
                }
                case 'd' -> never.await();
                case 't' -> together.await();
                default -> {}
            }
        } catch (Exception e) {
            throw new IOException(e);
        }
        ports.add(http.getRemoteAddress().getPort());
        LoopbackHttp.reply(http, 200, LoopbackHttp.DNS_MESSAGE, Replies.address(query, "192.0.2.1"));
    }

    private byte[] ask(String name, long millis) throws IOException, InterruptedException {
        UpstreamQuery query = UpstreamQuery.of(
                Queries.decoded(Queries.of(name, Type.A)), Queries.name(name).toWire());
        return exchange.ask(query, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis), health);
    }

    /** Keeps connections for more questions than are to come, so that only a new client needs another one. */
    private void connect() throws Exception {
        ask("first.test", 20_000);
        List<Future<byte[]>> replies = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            replies.add(server.threads().submit(() -> ask("together.test", 20_000)));
        }
        for (Future<byte[]> reply : replies) {
            reply.get();
        }
        assertEquals(CONNECTIONS, ports.size());
    }

    private void threeDeadNames() {
        for (int i = 0; i < 3; i++) {
            assertThrows(SocketTimeoutException.class, () -> ask("dead.test", 50));
        }
    }

    @Test
    void threeNamesWithoutReply_amongAnsweredOnes_keepTheConnections() throws Exception {
        connect();
        for (int i = 0; i < 3; i++) {
            assertThrows(SocketTimeoutException.class, () -> ask("dead.test", 50));
            clock.addAndGet(Silence.NANOS);
            ask("good.test", 20_000);
        }
        threeDeadNames();
        ask("good.test", 20_000);
        assertEquals(CONNECTIONS, ports.size());
    }

    @Test
    void silentClient_isReplaced_andWhatItWaitsForIsAnswered() throws Exception {
        connect();
        Future<byte[]> reply = server.threads().submit(() -> ask("slow.test", 20_000));
        slowAsked.await();
        threeDeadNames();
        clock.addAndGet(Silence.NANOS);
        assertThrows(SocketTimeoutException.class, () -> ask("dead.test", 50));
        ask("good.test", 20_000);
        assertEquals(CONNECTIONS + 1, ports.size());
        slow.countDown();
        assertTrue(reply.get().length > Header.LENGTH);
        assertEquals(CONNECTIONS + 1, ports.size());
    }
}

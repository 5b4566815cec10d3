package org.sentrydns.server.upstream;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
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

    private final TargetHealth health = new TargetHealth(new UpstreamTally("u"), false, System::nanoTime);
    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch mayReply = new CountDownLatch(1);
    private final LoopbackHttp server = new LoopbackHttp(this::serve);
    private final HttpsExchange exchange;
    private volatile int lost;
    private volatile int free;

    HttpsLossTest() throws IOException {
        exchange = new HttpsExchange(server.uri(), null);
    }

    @AfterEach
    void close() {
        mayReply.countDown();
        exchange.close();
        server.close();
    }

    private void serve(HttpExchange http) throws IOException {
        byte[] query = http.getRequestBody().readAllBytes();
        if (asked.incrementAndGet() <= lost) {
            http.close();
            return;
        }
        try {
            if (asked.get() > free) {
                mayReply.await();
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        LoopbackHttp.reply(http, 200, LoopbackHttp.DNS_MESSAGE, Replies.address(query, "192.0.2.1"));
    }

    private byte[] ask() throws IOException, InterruptedException {
        return exchange.ask(QUESTION, System.nanoTime() + TimeUnit.SECONDS.toNanos(20), health);
    }

    @Test
    void connectionThatIsClosed_isNotTheEndOfItsQuestion() throws Exception {
        mayReply.countDown();
        ask();
        assertEquals(2, asked.get(), "one opens the connection");
        lost = 3;
        assertTrue(QUESTION.isAnsweredBy(ask()));
        assertEquals(5, asked.get(), "it is lost, another connection is opened, and it is asked again");
    }

    @Test
    void connectionThatIsClosedAtItsOpening_isOpenedOnceMore() throws Exception {
        lost = 1;
        mayReply.countDown();
        assertTrue(QUESTION.isAnsweredBy(ask()));
        assertEquals(3, asked.get());
    }

    @Test
    void connectionsThatAreAllClosed_areTheEndOfIt() {
        lost = Integer.MAX_VALUE;
        assertThrows(IOException.class, this::ask);
        assertEquals(2, asked.get());
    }

    @Test
    void moreThanAServerTakesAtOnce_waitForTheirTurn() throws Exception {
        free = 2;
        ask();
        asked.set(0);
        free = 0;
        List<Future<byte[]>> first = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            first.add(server.threads().submit(this::ask));
        }
        await().until(() -> asked.get() == 80);
        assertThrows(
                ShortageException.class,
                () -> exchange.ask(QUESTION, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(10), health));
        for (int i = 0; i < 40; i++) {
            first.add(server.threads().submit(this::ask));
        }
        mayReply.countDown();
        for (Future<byte[]> reply : first) {
            assertTrue(QUESTION.isAnsweredBy(reply.get()));
        }
        assertEquals(120, asked.get());
    }
}

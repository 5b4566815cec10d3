package org.sentrydns.server.upstream;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sentrydns.server.wire.Queries;
import org.sentrydns.server.wire.UpstreamQuery;
import org.xbill.DNS.Type;

/** An upstream over HTTPS that loses race after race. */
@Timeout(60)
final class HttpsRaceTest {
    private static final UpstreamQuery QUESTION = UpstreamQuery.of(
            Queries.decoded(Queries.of("a.test", Type.A)),
            Queries.name("a.test").toWire());

    private final AtomicLong clock = new AtomicLong();
    private final TargetHealth health = new TargetHealth(new UpstreamTally("u"), false, clock::get);
    private final Semaphore asked = new Semaphore(0);
    private final Semaphore mayReply = new Semaphore(0);
    private final LoopbackHttp server = new LoopbackHttp(this::serve);
    private volatile int status = 200;
    private volatile String type = LoopbackHttp.DNS_MESSAGE;
    private final HttpsExchange exchange;

    HttpsRaceTest() throws IOException {
        exchange = new HttpsExchange(server.uri(), null);
    }

    /** The first question waits for one that opens the connection. */
    @BeforeEach
    void open() throws Exception {
        mayReply.release(2);
        ask();
        asked.acquire(2);
    }

    @AfterEach
    void close() {
        mayReply.release(1000);
        exchange.close();
        server.close();
    }

    private void serve(HttpExchange http) throws IOException {
        byte[] query = http.getRequestBody().readAllBytes();
        asked.release();
        mayReply.acquireUninterruptibly();
        LoopbackHttp.reply(http, status, type, Replies.address(query, "192.0.2.1"));
    }

    private byte[] ask() throws IOException, InterruptedException {
        return exchange.ask(QUESTION, System.nanoTime() + TimeUnit.SECONDS.toNanos(30), health);
    }

    /** Asks, and is called off when the upstream has the question. */
    private void lose() throws InterruptedException {
        Thread leg = Thread.startVirtualThread(() -> {
            try {
                ask();
                throw new AssertionError("nobody called it off");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        asked.acquire();
        leg.interrupt();
        leg.join();
        clock.addAndGet(Duration.ofMillis(200).toNanos());
    }

    @Test
    void upstreamThatRepliesTooLateForEachRace_isNotDown() throws Exception {
        for (int i = 1; i <= 10; i++) {
            lose();
            assertFalse(health.isDown(), "after " + i);
            mayReply.release();
            int lost = i + 1;
            await().until(() -> replies() == lost);
        }
    }

    private long replies() {
        return health.figures().latency().count();
    }

    /** Sixteen are waited for, and the next are called off. */
    @Test
    void upstreamThatNeverReplies_isDownAllTheSame() throws Exception {
        for (int i = 0; i < 10; i++) {
            lose();
        }
        assertTrue(health.isDown());
    }

    @Test
    void manyLostRaces_leaveRoomForQuestionsThatAreWanted() throws Exception {
        for (int i = 0; i < 40; i++) {
            lose();
        }
        mayReply.release(1000);
        assertArrayEquals(Replies.address(QUESTION.withId(0), "192.0.2.1"), ask());
        await().until(() -> replies() == 18);
    }

    @ParameterizedTest
    @CsvSource({"203, application/dns-message", "200, Application/DNS-Message; charset=utf-8"})
    void response_ofAnyGoodStatusAndWithParameters_counts(int good, String mediaType) throws Exception {
        status = good;
        type = mediaType;
        mayReply.release();
        assertEquals(QUESTION.withId(0).length + 16, ask().length);
    }
}

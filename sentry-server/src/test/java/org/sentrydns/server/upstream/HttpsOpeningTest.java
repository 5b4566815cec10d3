package org.sentrydns.server.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sentrydns.server.wire.Queries;
import org.sentrydns.server.wire.UpstreamQuery;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** How the connection to an upstream over HTTPS comes about. */
@Timeout(30)
final class HttpsOpeningTest {
    private static final UpstreamQuery QUESTION = UpstreamQuery.of(
            Queries.decoded(Queries.of("a.test", Type.A)),
            Queries.name("a.test").toWire());

    private final TargetHealth health = new TargetHealth(new UpstreamTally("u"), false, System::nanoTime);
    private final AtomicLong clock = new AtomicLong();
    private final Semaphore asked = new Semaphore(0);
    private final Semaphore mayReply = new Semaphore(0);
    private final Set<Integer> ports = ConcurrentHashMap.newKeySet();
    private final LoopbackHttp server = new LoopbackHttp(this::serve);
    /** The first question of all. */
    private volatile String opened = "";

    private HttpsExchange exchange = new HttpsExchange(server.uri(), null, clock::get);

    HttpsOpeningTest() throws IOException {}

    @AfterEach
    void close() {
        mayReply.release(1000);
        exchange.close();
        server.close();
    }

    private void serve(HttpExchange http) throws IOException {
        byte[] query = http.getRequestBody().readAllBytes();
        if (ports.add(http.getRemoteAddress().getPort()) && ports.size() == 1) {
            Record first = new Message(query).getQuestion();
            opened = Type.string(first.getType()) + " " + first.getName();
        }
        asked.release();
        mayReply.acquireUninterruptibly();
        LoopbackHttp.reply(http, 200, LoopbackHttp.DNS_MESSAGE, Replies.address(query, "192.0.2.1"));
    }

    private byte[] ask(long millis) throws IOException, InterruptedException {
        return exchange.ask(QUESTION, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis), health);
    }

    private List<Future<byte[]>> askAtOnce(int number) {
        List<Future<byte[]>> replies = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            replies.add(server.threads().submit(() -> ask(20_000)));
        }
        return replies;
    }

    /** Named, with these addresses. */
    private void rename(String host, BootstrapNames.Lookup addresses) {
        KnownAddresses known = new KnownAddresses(addresses, clock::get);
        BootstrapNames.register(host, known);
        exchange.close();
        URI uri = URI.create("http://" + host + ":" + server.uri().getPort() + "/dns-query");
        exchange = new HttpsExchange(uri, known, clock::get);
    }

    private void assertThatOneOpensAndAllWait() throws Exception {
        List<Future<byte[]>> replies = askAtOnce(5);
        asked.acquire();
        assertEquals(0, asked.availablePermits());
        assertEquals(0, replies.stream().filter(Future::isDone).count());

        mayReply.release(6);
        for (Future<byte[]> reply : replies) {
            assertTrue(QUESTION.isAnsweredBy(reply.get()));
        }
        asked.acquire(5);
    }

    @Test
    void questions_waitForTheOneThatOpensTheConnection() throws Exception {
        assertThatOneOpensAndAllWait();
        assertEquals("NS .", opened);
    }

    @Test
    void connectionThatWasIdle_isOpenedOnceAgain() throws Exception {
        assertThatOneOpensAndAllWait();
        clock.addAndGet(HttpsOpening.WARM_NANOS);
        assertThatOneOpensAndAllWait();
    }

    /** As on a line on which a handshake takes longer than a question may, however many there are meanwhile. */
    @Test
    void connectionThatTakesLongerThanItsQuestions_isThereForTheNext() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertEquals(
                    "no connection in time",
                    assertThrows(SocketTimeoutException.class, () -> ask(20)).getMessage());
            clock.addAndGet(Silence.NANOS);
        }
        asked.acquire();
        mayReply.release(2);
        assertTrue(QUESTION.isAnsweredBy(ask(20_000)));
        assertEquals(1, ports.size());
    }

    @Test
    void questionThatIsLost_isNotTheEndOfTheOthers() throws Exception {
        Thread first = Thread.startVirtualThread(() -> assertThrows(InterruptedException.class, () -> ask(20_000)));
        asked.acquire();
        first.interrupt();
        first.join();
        List<Future<byte[]>> others = askAtOnce(3);
        mayReply.release(4);
        for (Future<byte[]> reply : others) {
            assertTrue(QUESTION.isAnsweredBy(reply.get()));
        }
    }

    /** It takes connections, and nothing comes of them. */
    @Test
    void nameWithAnAddressThatClosesWhatItTakes_isAskedByItsOtherOne() throws Exception {
        InetAddress bad = InetAddress.getByName("127.0.0.9");
        try (ServerSocket closing = new ServerSocket(server.uri().getPort(), 50, bad)) {
            Thread.startVirtualThread(() -> {
                while (!closing.isClosed()) {
                    try {
                        closing.accept().close();
                    } catch (IOException e) {
                        assertTrue(closing.isClosed(), e.toString());
                    }
                }
            });
            rename("closing-for-https.invalid", name -> List.of(bad, InetAddress.getLoopbackAddress()));
            mayReply.release(3);

            assertTrue(QUESTION.isAnsweredBy(ask(20_000)));
            assertTrue(QUESTION.isAnsweredBy(ask(20_000)));
            assertEquals(1, ports.size());
        }
    }

    /** Java's client would look the name up on a thread that nothing can interrupt. */
    @Test
    void nameThatIsBeingLookedUp_isNotAskedYet() throws Exception {
        CountDownLatch found = new CountDownLatch(1);
        rename("slow-for-https.invalid", name -> {
            try {
                found.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return List.of(InetAddress.getLoopbackAddress());
        });
        assertEquals(
                "no connection in time",
                assertThrows(SocketTimeoutException.class, () -> ask(20)).getMessage());
        found.countDown();
        mayReply.release(2);
        assertTrue(QUESTION.isAnsweredBy(ask(20_000)));
    }

    @Test
    void nameWithAnAddressWhereNobodyListens_isAskedByItsOtherOne() throws Exception {
        InetAddress nobody = InetAddress.getByName("127.0.0.9");
        rename("two-for-https.invalid", name -> List.of(nobody, InetAddress.getLoopbackAddress()));
        mayReply.release(3);

        assertTrue(QUESTION.isAnsweredBy(ask(20_000)));
        assertTrue(QUESTION.isAnsweredBy(ask(20_000)));
        assertEquals(1, ports.size());
    }

    @Test
    void nameThatIsNotFound_saysWhy() {
        rename("nowhere.invalid", name -> {
            throw new UnknownHostException("no address known for the upstream " + name + ": no bootstrap resolver");
        });
        IOException failure = assertThrows(IOException.class, () -> ask(20_000));
        assertEquals("no address known for the upstream nowhere.invalid: no bootstrap resolver", failure.getMessage());
    }
}

package org.sentrydns.server.upstream;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sentrydns.server.wire.Queries;
import org.sentrydns.server.wire.UpstreamQuery;
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
        ports.add(http.getRemoteAddress().getPort());
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

    private void assertThatOneOpensAndTheOthersWait() throws Exception {
        long before = health.figures().asked();
        List<Future<byte[]>> replies = askAtOnce(5);
        asked.acquire();
        await().until(() -> health.figures().asked() == before + 5);
        assertEquals(0, asked.availablePermits());

        mayReply.release(5);
        for (Future<byte[]> reply : replies) {
            assertTrue(QUESTION.isAnsweredBy(reply.get()));
        }
    }

    @Test
    void firstQuestion_opensTheConnectionThatTheOthersWaitFor() throws Exception {
        assertThatOneOpensAndTheOthersWait();
    }

    @Test
    void connectionThatWasIdle_isOpenedByOneQuestionAgain() throws Exception {
        mayReply.release();
        ask(20_000);
        asked.acquire();
        clock.addAndGet(HttpsOpening.WARM_NANOS);

        assertThatOneOpensAndTheOthersWait();
    }

    /** As on a line on which a handshake takes longer than a question may. */
    @Test
    void connectionThatTakesLongerThanItsQuestion_isThereForTheNext() throws Exception {
        assertThrows(SocketTimeoutException.class, () -> ask(50));
        asked.acquire();
        mayReply.release(2);
        assertTrue(QUESTION.isAnsweredBy(ask(20_000)));
        assertEquals(1, ports.size());
    }

    @Test
    void firstQuestionThatIsLost_isNotTheEndOfTheOthers() throws Exception {
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

    @Test
    void nameWithAnAddressWhereNobodyListens_isAskedByItsOtherOne() throws Exception {
        InetAddress nobody = InetAddress.getByName("127.0.0.9");
        rename("two-for-https.invalid", name -> List.of(nobody, InetAddress.getLoopbackAddress()));
        mayReply.release(2);

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

package org.sentrydns.server.listen;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sentrydns.server.loop.SharedLoops;
import org.sentrydns.server.stats.Statistics;

/** What some clients' queries take is not what others need; the handler answers with the message itself. */
@Timeout(30)
final class TcpFairnessTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    private final Statistics statistics = new Statistics(System::nanoTime);

    /** As a rule may that computes: two processors, or as many as there are, are not all that others need. */
    @Test
    void queriesThatKeepTheirThreads_doNotHoldUpOthers() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        MessageHandler handler = (message, asker) -> {
            while (message.length == 4 && !over.get()) {
                Thread.onSpinWait();
            }
            return message;
        };
        // The loops' overseer watches the pool, too.
        SharedLoops.get();
        try (TcpListener listener = new TcpListener(
                        new InetSocketAddress(LOOPBACK, 0), handler, new Admission(1000), statistics, 100);
                DnsClient spinning = new DnsClient(LOOPBACK, listener.local().getPort());
                DnsClient other = new DnsClient(LOOPBACK, listener.local().getPort())) {
            listener.start();
            for (int i = 0; i < PROCESSORS + 2; i++) {
                spinning.send("spin");
            }
            for (int i = 0; i < 20; i++) {
                other.send("other");
                assertEquals("other", other.read());
            }
            over.set(true);
            assertEquals("spin", spinning.read());
        } finally {
            over.set(true);
        }
    }

    /** The end of a server waits for what is in flight, and must not wait for a client that does not get on. */
    @Test
    void whoeverDoesNotGetOn_isClosedWhileTheOthersAreAnswered() throws Exception {
        try (TcpListener listener = new TcpListener(
                        new InetSocketAddress(LOOPBACK, 0),
                        (message, asker) -> message,
                        new Admission(1000),
                        statistics,
                        100,
                        Duration.ofMillis(500));
                Socket halfway = new Socket(LOOPBACK, listener.local().getPort())) {
            listener.start();
            halfway.getOutputStream().write(0);
            await().until(() -> listener.connections() == 1);
            listener.stopAccepting();
            assertEquals(-1, halfway.getInputStream().read());
        }
    }

    private static void passed(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Small ones are counted by their number alone. */
    @Test
    void largeQueriesInFlight_areNoMoreThanThereIsRoomFor() throws Exception {
        Admission admission = new Admission(1000, 120_000);
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        MessageHandler handler = (message, asker) -> {
            if (message.length > 10) {
                held.countDown();
                passed(go);
            }
            return message;
        };
        String large = "x".repeat(60_000);
        try (TcpListener listener =
                        new TcpListener(new InetSocketAddress(LOOPBACK, 0), handler, admission, statistics, 100);
                DnsClient first = new DnsClient(LOOPBACK, listener.local().getPort());
                DnsClient second = new DnsClient(LOOPBACK, listener.local().getPort());
                DnsClient third = new DnsClient(LOOPBACK, listener.local().getPort())) {
            listener.start();
            first.send(large);
            held.await();
            assertFalse(admission.tryEnter(60_000));
            second.send("y".repeat(60_000));
            third.send("small");
            assertEquals("small", third.read());
            go.countDown();
            assertEquals(large, first.read());
            assertEquals('y', second.read().charAt(0));
            await().until(() -> admission.tryEnter(60_000));
        }
    }
}

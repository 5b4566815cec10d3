package org.sentrydns.server.loop;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sending, many at once. */
@Timeout(30)
final class OutboxTest {
    @BeforeAll
    static void link() {
        Datagrams.link();
    }

    @Test
    void refusedMessage_saysWhy() throws Exception {
        DatagramChannel peer = Datagrams.bound("127.0.0.1");
        CompletableFuture<IOException> refused = new CompletableFuture<>();
        DatagramPort.Delivery delivery = new DatagramPort.Delivery() {
            @Override
            public void sent() {
                // The first one, before the kernel knows that nobody is there.
            }

            @Override
            public void refused(IOException cause) {
                refused.complete(cause);
            }
        };
        try (QueryLoop loop = new QueryLoop("loop-under-test");
                DatagramPort port = new DatagramPort(Datagrams.connected(peer), loop, Datagrams.NOBODY)) {
            InetSocketAddress there = Datagrams.addressOf(peer);
            peer.close();
            port.sendNow(new byte[] {1}, there); // and nobody reads the port, so the next one meets the error
            port.run(() -> assertTrue(port.sendSoon(new byte[] {2}, there, delivery)));
            assertInstanceOf(PortUnreachableException.class, refused.get(5, TimeUnit.SECONDS));
        }
    }

    @Test
    void messageThatTheKernelRefuses_keepsNoOtherBack() throws Exception {
        Datagrams.Fate good = new Datagrams.Fate();
        Datagrams.Fate bad = new Datagrams.Fate();
        try (QueryLoop loop = new QueryLoop("loop-under-test");
                DatagramChannel client = Datagrams.bound("127.0.0.1");
                DatagramPort port =
                        new DatagramPort(Datagrams.unblocked(Datagrams.bound("127.0.0.1")), loop, Datagrams.NOBODY)) {
            InetSocketAddress there = Datagrams.addressOf(client);
            InetSocketAddress nowhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            port.run(() -> {
                assertTrue(port.sendSoon(new byte[] {1}, there, good));
                assertTrue(port.sendSoon(new byte[] {2}, nowhere, bad));
                assertTrue(port.sendSoon(new byte[] {3}, there, good));
            });
            assertEquals("[1]", Arrays.toString(Datagrams.receive(client)));
            assertEquals("[3]", Arrays.toString(Datagrams.receive(client)));
            assertEquals("refused", bad.heard.poll(5, TimeUnit.SECONDS));
            assertEquals("sent", good.heard.poll(5, TimeUnit.SECONDS));
            assertEquals("sent", good.heard.poll(5, TimeUnit.SECONDS));
        }
    }

    @Test
    void moreThanAreSentAtOnce_orALongerOne_areForTheSenderToSend() throws Exception {
        try (QueryLoop loop = new QueryLoop("loop-under-test");
                DatagramChannel client = Datagrams.bound("127.0.0.1");
                DatagramPort port =
                        new DatagramPort(Datagrams.unblocked(Datagrams.bound("127.0.0.1")), loop, Datagrams.NOBODY)) {
            Datagrams.Fate fate = new Datagrams.Fate();
            InetSocketAddress to = Datagrams.addressOf(client);
            CompletableFuture<Integer> accepted = new CompletableFuture<>();
            port.run(() -> {
                int soon = port.sendSoon(new byte[MessageVector.LARGEST + 1], to, fate) ? 1000 : 0;
                for (int i = 0; i < 2 * MessageVector.MOST; i++) {
                    soon += port.sendSoon(new byte[1], to, fate) ? 1 : 0;
                }
                accepted.complete(soon);
            });
            assertEquals(MessageVector.MOST, accepted.get(5, TimeUnit.SECONDS));
            for (int i = 0; i < MessageVector.MOST; i++) {
                assertEquals("sent", fate.heard.poll(5, TimeUnit.SECONDS));
            }
        }
    }

    @Test
    void messagesOfTwoPorts_byTurns_allArriveInOrder() throws Exception {
        int count = MessageVector.MOST / 2;
        Datagrams.Fate fate = new Datagrams.Fate();
        try (QueryLoop loop = new QueryLoop("loop-under-test");
                DatagramChannel first = Datagrams.bound("127.0.0.1");
                DatagramChannel second = Datagrams.bound("127.0.0.1");
                DatagramPort toFirst = new DatagramPort(Datagrams.connected(first), loop, Datagrams.NOBODY);
                DatagramPort other =
                        new DatagramPort(Datagrams.unblocked(Datagrams.bound("127.0.0.1")), loop, Datagrams.NOBODY)) {
            InetSocketAddress there = Datagrams.addressOf(first);
            InetSocketAddress elsewhere = Datagrams.addressOf(second);
            toFirst.run(() -> {
                for (byte i = 0; i < count; i++) {
                    assertTrue(toFirst.sendSoon(new byte[] {1, i}, there, fate));
                    assertTrue(other.sendSoon(new byte[] {2, i}, elsewhere, fate));
                }
            });
            for (byte i = 0; i < count; i++) {
                assertArrayEquals(new byte[] {1, i}, Datagrams.receive(first));
                assertArrayEquals(new byte[] {2, i}, Datagrams.receive(second));
            }
            for (int i = 0; i < 2 * count; i++) {
                assertEquals("sent", fate.heard.poll(5, TimeUnit.SECONDS));
            }
            assertEquals(0, fate.heard.size());
        }
    }

    /** Whoever sends by a port of another loop must never make that loop wait for a thread that it carries itself. */
    @Test
    void threadsOfTwoLoops_sendByTheSamePort() throws Exception {
        int rounds = 300;
        int atOnce = 40;
        try (QueryLoop loop = new QueryLoop("loop-under-test");
                QueryLoop other = new QueryLoop("other-loop");
                DatagramChannel client = Datagrams.bound("127.0.0.1");
                DatagramPort port =
                        new DatagramPort(Datagrams.unblocked(Datagrams.bound("127.0.0.1")), loop, Datagrams.NOBODY)) {
            InetSocketAddress to = Datagrams.addressOf(client);
            for (int round = 0; round < rounds; round++) {
                CountDownLatch ended = new CountDownLatch(2 * atOnce);
                for (int i = 0; i < atOnce; i++) {
                    Runnable task = () -> {
                        Datagrams.send(port, new byte[100], to);
                        ended.countDown();
                    };
                    loop.start(task);
                    other.start(task);
                }
                assertTrue(ended.await(5, TimeUnit.SECONDS), "round " + round);
                for (int i = 0; i < 2 * atOnce; i++) {
                    Datagrams.receive(client);
                }
            }
        }
    }

    @Test
    void threadThatItsLoopHasLeftBehind_canStillSend() throws Exception {
        try (QueryLoop loop = new QueryLoop("loop-under-test");
                DatagramChannel client = Datagrams.bound("127.0.0.1");
                DatagramPort port =
                        new DatagramPort(Datagrams.unblocked(Datagrams.bound("127.0.0.1")), loop, Datagrams.NOBODY)) {
            AtomicBoolean free = new AtomicBoolean();
            CountDownLatch held = new CountDownLatch(1);
            InetSocketAddress to = Datagrams.addressOf(client);
            port.run(() -> {
                held.countDown();
                while (!free.get()) {
                    Thread.onSpinWait();
                }
                Datagrams.send(port, new byte[] {7}, to);
            });
            assertTrue(held.await(5, TimeUnit.SECONDS));
            CountDownLatch other = new CountDownLatch(1);
            port.run(other::countDown);
            await().atMost(Duration.ofSeconds(5)).until(() -> {
                loop.relieve();
                return other.getCount() == 0;
            });
            free.set(true);
            assertEquals("[7]", Arrays.toString(Datagrams.receive(client)));
        }
    }

    @Test
    void closedPort_orLoop_sendsNothing() throws Exception {
        QueryLoop loop = new QueryLoop("loop-under-test");
        DatagramPort port = new DatagramPort(Datagrams.unblocked(Datagrams.bound("127.0.0.1")), loop, Datagrams.NOBODY);
        InetSocketAddress to = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
        Datagrams.Fate fate = new Datagrams.Fate();
        port.close();
        port.run(() -> assertTrue(port.sendSoon(new byte[1], to, fate)));
        assertEquals("refused", fate.heard.poll(5, TimeUnit.SECONDS));
        loop.close();
        assertFalse(port.sendSoon(new byte[1], to, fate));
        assertEquals(0, fate.heard.size());
    }
}

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
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tests of many datagrams at once need what bin/sentry gives: a Linux, Java 22 or newer, and its flags. */
@Timeout(30)
final class DatagramPortTest {
    private static final DatagramPort.Receiver NOBODY = (port, message, from) -> {};

    /** What became of messages. */
    private static final class Fate implements DatagramPort.Delivery {
        final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

        @Override
        public void sent() {
            heard.add("sent");
        }

        @Override
        public void refused(IOException cause) {
            heard.add("refused");
        }
    }

    @BeforeAll
    static void link() {
        SystemCalls.link();
        assertTrue(SystemCalls.areLinked());
    }

    private static DatagramChannel bound(String address) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        channel.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
        return channel;
    }

    private static DatagramChannel unblocked(DatagramChannel channel) throws IOException {
        channel.configureBlocking(false);
        return channel;
    }

    private static InetSocketAddress addressOf(DatagramChannel channel) throws IOException {
        return (InetSocketAddress) channel.getLocalAddress();
    }

    private static byte[] receive(DatagramChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(10_000);
        channel.socket().setSoTimeout(5000);
        var packet = new java.net.DatagramPacket(buffer.array(), buffer.capacity());
        channel.socket().receive(packet);
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    /** As a server does it: by the loop where it can be, else at once. */
    private static void send(DatagramPort port, byte[] message, InetSocketAddress to) {
        if (!port.sendSoon(message, to, new Fate())) {
            try {
                port.sendNow(message, to);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, true", "127.0.0.1, false", "::1, true", "::1, false"})
    void datagrams_comeWholeAndGoBackToWhereTheyCameFrom(String address, boolean many) throws Exception {
        try (QueryLoop loop = new QueryLoop("loop-under-test");
                DatagramChannel first = bound(address);
                DatagramChannel second = bound(address);
                DatagramPort port = new DatagramPort(
                        unblocked(bound(address)),
                        loop,
                        (to, message, from) -> to.run(() -> send(to, message, from)),
                        () -> many)) {
            port.start();
            for (int length : new int[] {1, 12, 512, 1232, 4096}) {
                for (DatagramChannel client : new DatagramChannel[] {first, second}) {
                    byte[] message = new byte[length];
                    Arrays.fill(message, (byte) (length + addressOf(client).getPort()));
                    client.send(ByteBuffer.wrap(message), port.local());
                    assertEquals(Arrays.toString(message), Arrays.toString(receive(client)));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void manyAtOnce_eachIsAnswered(boolean many) throws Exception {
        int count = 1000;
        try (QueryLoop loop = new QueryLoop("loop-under-test");
                DatagramChannel client = bound("127.0.0.1");
                DatagramPort port = new DatagramPort(
                        unblocked(bound("127.0.0.1")),
                        loop,
                        (to, message, from) -> to.run(() -> send(to, message, from)),
                        () -> many)) {
            for (int i = 0; i < count / 10; i++) {
                client.send(ByteBuffer.allocate(4).putInt(0, i), port.local());
            }
            port.start(); // to those that wait already
            BitSet answered = new BitSet();
            for (int i = count / 10; i < count; i++) {
                answered.set(ByteBuffer.wrap(receive(client)).getInt());
                client.send(ByteBuffer.allocate(4).putInt(0, i), port.local());
            }
            while (answered.cardinality() < count) {
                answered.set(ByteBuffer.wrap(receive(client)).getInt());
            }
            assertEquals(count, answered.length());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void connectedPort_asksItsPeerAndHearsNobodyElse(boolean many) throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (QueryLoop loop = new QueryLoop("loop-under-test");
                DatagramChannel peer = bound("127.0.0.1");
                DatagramChannel stranger = bound("127.0.0.1");
                DatagramPort port = new DatagramPort(
                        connected(peer),
                        loop,
                        (to, message, from) -> heard.add(from + Arrays.toString(message)),
                        () -> many)) {
            port.start();
            for (byte i = 1; i <= 3; i++) {
                byte[] message = {i};
                port.run(() -> send(port, message, to(peer)));
                assertEquals(Arrays.toString(message), Arrays.toString(receive(peer)));
            }
            stranger.send(ByteBuffer.wrap(new byte[] {9}), port.local());
            peer.send(ByteBuffer.wrap(new byte[] {4}), port.local());
            assertEquals(addressOf(peer) + "[4]", heard.poll(5, TimeUnit.SECONDS));
        }
    }

    private static InetSocketAddress to(DatagramChannel channel) {
        try {
            return addressOf(channel);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static DatagramChannel connected(DatagramChannel peer) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        channel.connect(addressOf(peer));
        return unblocked(channel);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void connectedPort_whosePeerHasGone_hearsOfIt(boolean many) throws Exception {
        BlockingQueue<IOException> heard = new LinkedBlockingQueue<>();
        DatagramPort.Receiver receiver = new DatagramPort.Receiver() {
            @Override
            public void received(DatagramPort port, byte[] message, InetSocketAddress from) {
                throw new AssertionError("nobody can have sent it");
            }

            @Override
            public void failed(DatagramPort port, IOException cause) {
                heard.add(cause);
            }
        };
        DatagramChannel peer = bound("127.0.0.1");
        try (QueryLoop loop = new QueryLoop("loop-under-test");
                DatagramPort port = new DatagramPort(connected(peer), loop, receiver, () -> many)) {
            InetSocketAddress there = addressOf(peer);
            peer.close();
            port.start();
            port.run(() -> send(port, new byte[] {1}, there));
            assertInstanceOf(PortUnreachableException.class, heard.poll(5, TimeUnit.SECONDS));
        }
    }

    @Test
    void refusedMessage_saysWhy() throws Exception {
        DatagramChannel peer = bound("127.0.0.1");
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
                DatagramPort port = new DatagramPort(connected(peer), loop, NOBODY)) {
            InetSocketAddress there = addressOf(peer);
            peer.close();
            port.sendNow(new byte[] {1}, there); // and nobody reads the port, so the next one meets the error
            port.run(() -> assertTrue(port.sendSoon(new byte[] {2}, there, delivery)));
            assertInstanceOf(PortUnreachableException.class, refused.get(5, TimeUnit.SECONDS));
        }
    }

    @Test
    void longMessages_comeWhole_exceptOfTwoAtOnceTheFirst() throws Exception {
        BlockingQueue<byte[]> heard = new LinkedBlockingQueue<>();
        try (QueryLoop loop = new QueryLoop("loop-under-test");
                DatagramChannel client = bound("127.0.0.1");
                DatagramPort port = new DatagramPort(
                        unblocked(bound("127.0.0.1")), loop, (to, message, from) -> heard.add(message))) {
            byte[] first = message(5000);
            byte[] second = message(60_000);
            byte[] third = message(4097);
            byte[] last = message(50);
            for (byte[] message : new byte[][] {first, last, second, last}) {
                client.send(ByteBuffer.wrap(message), port.local());
            }
            port.start(); // and finds all four
            for (byte[] expected : new byte[][] {last, second, last}) {
                assertArrayEquals(expected, heard.poll(5, TimeUnit.SECONDS));
            }
            for (byte[] message : new byte[][] {first, third}) {
                client.send(ByteBuffer.wrap(message), port.local());
                assertArrayEquals(message, heard.poll(5, TimeUnit.SECONDS));
            }
        }
    }

    private static byte[] message(int length) {
        byte[] message = new byte[length];
        for (int i = 0; i < length; i++) {
            message[i] = (byte) (i * 31 + length);
        }
        return message;
    }

    @Test
    void ipv4Client_ofAnIpv6Socket_isAnswered() throws Exception {
        try (QueryLoop loop = new QueryLoop("loop-under-test");
                DatagramChannel client = bound("127.0.0.1");
                DatagramPort port = new DatagramPort(
                        unblocked(bound("::")), loop, (to, message, from) -> to.run(() -> send(to, message, from)))) {
            port.start();
            client.send(
                    ByteBuffer.wrap(new byte[] {1, 2, 3}),
                    new InetSocketAddress(
                            InetAddress.getLoopbackAddress(), port.local().getPort()));
            assertEquals("[1, 2, 3]", Arrays.toString(receive(client)));
        }
    }

    @Test
    void messageThatTheKernelRefuses_keepsNoOtherBack() throws Exception {
        Fate good = new Fate();
        Fate bad = new Fate();
        try (QueryLoop loop = new QueryLoop("loop-under-test");
                DatagramChannel client = bound("127.0.0.1");
                DatagramPort port = new DatagramPort(unblocked(bound("127.0.0.1")), loop, NOBODY)) {
            InetSocketAddress there = addressOf(client);
            InetSocketAddress nowhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            port.run(() -> {
                assertTrue(port.sendSoon(new byte[] {1}, there, good));
                assertTrue(port.sendSoon(new byte[] {2}, nowhere, bad));
                assertTrue(port.sendSoon(new byte[] {3}, there, good));
            });
            assertEquals("[1]", Arrays.toString(receive(client)));
            assertEquals("[3]", Arrays.toString(receive(client)));
            assertEquals("refused", bad.heard.poll(5, TimeUnit.SECONDS));
            assertEquals("sent", good.heard.poll(5, TimeUnit.SECONDS));
            assertEquals("sent", good.heard.poll(5, TimeUnit.SECONDS));
        }
    }

    @Test
    void moreThanAreSentAtOnce_orALongerOne_areForTheSenderToSend() throws Exception {
        try (QueryLoop loop = new QueryLoop("loop-under-test");
                DatagramChannel client = bound("127.0.0.1");
                DatagramPort port = new DatagramPort(unblocked(bound("127.0.0.1")), loop, NOBODY)) {
            Fate fate = new Fate();
            InetSocketAddress to = addressOf(client);
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
        Fate fate = new Fate();
        try (QueryLoop loop = new QueryLoop("loop-under-test");
                DatagramChannel first = bound("127.0.0.1");
                DatagramChannel second = bound("127.0.0.1");
                DatagramPort toFirst = new DatagramPort(connected(first), loop, NOBODY);
                DatagramPort other = new DatagramPort(unblocked(bound("127.0.0.1")), loop, NOBODY)) {
            InetSocketAddress there = addressOf(first);
            InetSocketAddress elsewhere = addressOf(second);
            toFirst.run(() -> {
                for (byte i = 0; i < count; i++) {
                    assertTrue(toFirst.sendSoon(new byte[] {1, i}, there, fate));
                    assertTrue(other.sendSoon(new byte[] {2, i}, elsewhere, fate));
                }
            });
            for (byte i = 0; i < count; i++) {
                assertArrayEquals(new byte[] {1, i}, receive(first));
                assertArrayEquals(new byte[] {2, i}, receive(second));
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
                DatagramChannel client = bound("127.0.0.1");
                DatagramPort port = new DatagramPort(unblocked(bound("127.0.0.1")), loop, NOBODY)) {
            InetSocketAddress to = addressOf(client);
            for (int round = 0; round < rounds; round++) {
                CountDownLatch ended = new CountDownLatch(2 * atOnce);
                for (int i = 0; i < atOnce; i++) {
                    Runnable task = () -> {
                        send(port, new byte[100], to);
                        ended.countDown();
                    };
                    loop.start(task);
                    other.start(task);
                }
                assertTrue(ended.await(5, TimeUnit.SECONDS), "round " + round);
                for (int i = 0; i < 2 * atOnce; i++) {
                    receive(client);
                }
            }
        }
    }

    @Test
    void threadThatItsLoopHasLeftBehind_canStillSend() throws Exception {
        try (QueryLoop loop = new QueryLoop("loop-under-test");
                DatagramChannel client = bound("127.0.0.1");
                DatagramPort port = new DatagramPort(unblocked(bound("127.0.0.1")), loop, NOBODY)) {
            AtomicBoolean free = new AtomicBoolean();
            CountDownLatch held = new CountDownLatch(1);
            InetSocketAddress to = addressOf(client);
            port.run(() -> {
                held.countDown();
                while (!free.get()) {
                    Thread.onSpinWait();
                }
                send(port, new byte[] {7}, to);
            });
            assertTrue(held.await(5, TimeUnit.SECONDS));
            CountDownLatch other = new CountDownLatch(1);
            port.run(other::countDown);
            await().atMost(Duration.ofSeconds(5)).until(() -> {
                loop.relieve(1_000_000);
                return other.getCount() == 0;
            });
            free.set(true);
            assertEquals("[7]", Arrays.toString(receive(client)));
        }
    }

    @Test
    void closedPort_orLoop_sendsNothing() throws Exception {
        QueryLoop loop = new QueryLoop("loop-under-test");
        DatagramPort port = new DatagramPort(unblocked(bound("127.0.0.1")), loop, NOBODY);
        InetSocketAddress to = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
        Fate fate = new Fate();
        port.close();
        port.run(() -> assertTrue(port.sendSoon(new byte[1], to, fate)));
        assertEquals("refused", fate.heard.poll(5, TimeUnit.SECONDS));
        loop.close();
        assertFalse(port.sendSoon(new byte[1], to, fate));
        assertEquals(0, fate.heard.size());
    }
}

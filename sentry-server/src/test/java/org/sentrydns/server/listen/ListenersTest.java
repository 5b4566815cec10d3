package org.sentrydns.server.listen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sentrydns.server.config.Limits;
import org.sentrydns.server.loop.SharedLoops;
import org.sentrydns.server.rule.Asker;
import org.sentrydns.server.stats.Statistics;

/** Listeners with a handler that shouts back; "wait" waits for the latch, "drop" gets no reply, "throw" and "break" throw. */
@Timeout(30)
final class ListenersTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final Limits LIMITS = new Limits(10, 5);

    private final Statistics statistics = new Statistics(System::nanoTime);
    private final CountDownLatch waiting = new CountDownLatch(1);
    private final CountDownLatch latch = new CountDownLatch(1);

    @SuppressWarnings("NullAway") // "drop" is answered with null, as the interface allows.
    private byte[] shout(byte[] message, Asker asker) {
        String text = DnsClient.text(message);
        try {
            switch (text) {
                case "wait" -> {
                    waiting.countDown();
                    latch.await();
                }
                case "drop" -> {
                    return null;
                }
                case "throw" -> throw new IllegalStateException("no luck");
                case "break" -> throw new StackOverflowError("too deep");
                default -> {}
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return DnsClient.bytes(
                text.equals("server")
                        ? asker.server().getAddress().getHostAddress()
                        : text.equals("transport") ? asker.transport().toString() : text.toUpperCase(Locale.ROOT));
    }

    private Listeners open(InetAddress host, Limits limits) throws IOException {
        return Listeners.open(host, 0, limits, this::shout, statistics, SharedLoops.get());
    }

    private static int port(Listeners listeners) {
        return listeners.local().getPort();
    }

    @Test
    void open_portZero_takesOnePortForUdpAndTcp() throws Exception {
        try (Listeners listeners = open(LOOPBACK, LIMITS);
                DnsClient client = new DnsClient(LOOPBACK, port(listeners))) {
            assertEquals("UDP", DnsClient.overUdp(LOOPBACK, port(listeners), "transport"));
            client.send("transport");
            assertEquals("TCP", client.read());
            String table = statistics.systemTable(Map.of());
            assertTrue(table.contains("| net.packets_received | 2 "), table);
            assertTrue(table.contains("| net.bytes_received   | 18 "), table);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, 127.0.0.1",
        "0.0.0.0, 127.0.0.5",
        "0.0.0.0, 127.0.0.254",
        "::, ::1",
        "::, 127.0.0.1",
        "::, 127.0.0.5"
    })
    void open_wildcard_repliesFromTheAddressThatWasAsked(String wildcard, String asked) throws Exception {
        try (Listeners listeners = open(InetAddress.getByName(wildcard), LIMITS)) {
            InetAddress address = InetAddress.getByName(asked);
            assertEquals(address.getHostAddress(), DnsClient.overUdp(address, port(listeners), "server"));
            try (DnsClient client = new DnsClient(address, port(listeners))) {
                client.send("server");
                assertEquals(address.getHostAddress(), client.read());
            }
            assertTrue(listeners.listensOn(new InetSocketAddress(address, port(listeners))));
        }
    }

    @Test
    void open_portThatIsTaken_saysWhich() throws Exception {
        try (Listeners first = open(LOOPBACK, LIMITS)) {
            IOException e = assertThrows(
                    IOException.class,
                    () -> Listeners.open(LOOPBACK, port(first), LIMITS, this::shout, statistics, SharedLoops.get())
                            .close());
            assertTrue(
                    String.valueOf(e.getMessage()).startsWith("cannot listen on 127.0.0.1:" + port(first) + ": "),
                    e.getMessage());
        }
    }

    @Test
    void tcp_pipelinedQueries_areAnsweredAsTheyAreReady() throws Exception {
        try (Listeners listeners = open(LOOPBACK, LIMITS);
                DnsClient client = new DnsClient(LOOPBACK, port(listeners))) {
            client.send("wait", "drop", "quick");
            assertEquals("QUICK", client.read());
            latch.countDown();
            assertEquals("WAIT", client.read());
        }
    }

    @Test
    void tcp_bytesThatComeOneByOne_makeMessages() throws Exception {
        try (Listeners listeners = open(LOOPBACK, LIMITS);
                DnsClient client = new DnsClient(LOOPBACK, port(listeners))) {
            for (String message : List.of("one", "", "two")) {
                for (byte b : DnsClient.frame(message)) {
                    client.socket().getOutputStream().write(b);
                }
            }
            List<String> replies = new ArrayList<>(List.of(client.read(), client.read(), client.read()));
            replies.sort(String::compareTo);
            assertEquals(List.of("", "ONE", "TWO"), replies);
        }
    }

    @Test
    void tcp_clientThatHasSentAll_isStillAnswered() throws Exception {
        try (Listeners listeners = open(LOOPBACK, LIMITS);
                DnsClient client = new DnsClient(LOOPBACK, port(listeners))) {
            client.send("wait", "quick");
            client.socket().shutdownOutput();
            assertEquals("QUICK", client.read());
            latch.countDown();
            assertEquals("WAIT", client.read());
            assertTrue(client.isClosed());
        }
    }

    @Test
    void tcp_moreConnectionsThanAllowed_areClosed() throws Exception {
        try (Listeners listeners = open(LOOPBACK, new Limits(10, 1));
                DnsClient first = new DnsClient(LOOPBACK, port(listeners))) {
            first.send("one");
            assertEquals("ONE", first.read());
            try (DnsClient second = new DnsClient(LOOPBACK, port(listeners))) {
                assertTrue(second.isClosed());
            }
            first.socket().close();
            Awaitility.await().until(() -> {
                try (DnsClient third = new DnsClient(LOOPBACK, port(listeners))) {
                    third.send("three");
                    return third.read().equals("THREE");
                } catch (IOException e) {
                    return false;
                }
            });
        }
    }

    @Test
    void tcp_connectionAfterAQueryThatThrew_livesOn() throws Exception {
        try (Listeners listeners = open(LOOPBACK, LIMITS);
                DnsClient client = new DnsClient(LOOPBACK, port(listeners))) {
            client.send("throw", "next");
            assertEquals("NEXT", client.read());
            assertEquals("UDP", DnsClient.overUdp(LOOPBACK, port(listeners), "transport"));
        }
    }

    @Test
    void udp_moreQueriesThanAllowed_areShedAndNotQueued() throws Exception {
        try (Listeners listeners = open(LOOPBACK, new Limits(1, 5))) {
            FutureTask<String> first = new FutureTask<>(() -> DnsClient.overUdp(LOOPBACK, port(listeners), "wait"));
            Thread.startVirtualThread(first);
            waiting.await();
            FutureTask<String> second = new FutureTask<>(() -> DnsClient.overUdp(LOOPBACK, port(listeners), "second"));
            Thread.startVirtualThread(second);
            Awaitility.await().until(() -> statistics.systemTable(Map.of()).contains("| net.queries_shed     | 1 "));
            latch.countDown();
            assertEquals("WAIT", first.get());
            assertFalse(second.isDone());
            Awaitility.await()
                    .until(() -> DnsClient.overUdp(LOOPBACK, port(listeners), "third")
                            .equals("THIRD"));
        }
    }

    @Test
    void drain_waitsForWhatIsInFlightAndTakesNothingMore() throws Exception {
        try (Listeners listeners = open(LOOPBACK, LIMITS)) {
            FutureTask<String> query = new FutureTask<>(() -> DnsClient.overUdp(LOOPBACK, port(listeners), "wait"));
            Thread.startVirtualThread(query);
            waiting.await();
            assertFalse(listeners.drain(Duration.ofMillis(50)), "a query is still in flight");
            latch.countDown();
            assertTrue(listeners.drain(Duration.ofSeconds(5)));
            assertEquals("WAIT", query.get());
            Awaitility.await().until(() -> isRefused(port(listeners)));
        }
    }

    @Test
    void close_twice_isFine() throws Exception {
        Listeners listeners = open(LOOPBACK, LIMITS);
        listeners.close();
        listeners.close();
        Awaitility.await().until(() -> isRefused(port(listeners)));
    }

    /** The kernel may take one more connection while the accepting thread wakes up. */
    private static boolean isRefused(int port) {
        try {
            new DnsClient(LOOPBACK, port).close();
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void handlerThatBreaks_keepsNoPermit() throws Exception {
        try (Listeners listeners = open(LOOPBACK, new Limits(1, 5));
                DatagramChannel client = DatagramChannel.open()) {
            client.connect(new InetSocketAddress(LOOPBACK, port(listeners)));
            for (String message : List.of("throw", "break", "drop")) {
                client.write(ByteBuffer.wrap(DnsClient.bytes(message)));
                Awaitility.await().dontCatchUncaughtExceptions().until(() -> "HELLO".equals(answer(client)));
            }
        }
    }

    /** What comes back within a moment: with a single permit a query may come too early, and is shed. */
    private static String answer(DatagramChannel client) throws IOException {
        client.write(ByteBuffer.wrap(DnsClient.bytes("hello")));
        client.socket().setSoTimeout(100);
        var packet = new java.net.DatagramPacket(new byte[100], 100);
        try {
            client.socket().receive(packet);
        } catch (java.net.SocketTimeoutException e) {
            return "";
        }
        return DnsClient.text(Arrays.copyOf(packet.getData(), packet.getLength()));
    }
}

package org.sentrydns.server.listen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sentrydns.server.config.Limits;
import org.sentrydns.server.loop.SharedLoops;
import org.sentrydns.server.rule.Asker;
import org.sentrydns.server.stats.Statistics;

/** A client's TCP connection, as RFC 7766 wants it; the handler answers with the message itself. */
@Timeout(30)
final class TcpFramingTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Statistics statistics = new Statistics(System::nanoTime);
    private final List<Integer> writes = new CopyOnWriteArrayList<>();

    /** A socket that notes how many bytes each write has. */
    private final class NotingSocket extends Socket {
        @Override
        public OutputStream getOutputStream() throws IOException {
            return new FilterOutputStream(super.getOutputStream()) {
                @Override
                public void write(byte[] bytes, int at, int length) throws IOException {
                    writes.add(length);
                    out.write(bytes, at, length);
                }

                @Override
                public void write(int b) throws IOException {
                    writes.add(1);
                    out.write(b);
                }
            };
        }
    }

    private final class NotingServer extends ServerSocket {
        NotingServer() throws IOException {
            super(0, 5, LOOPBACK);
        }

        @Override
        public Socket accept() throws IOException {
            Socket socket = new NotingSocket();
            implAccept(socket);
            return socket;
        }
    }

    private static byte[] echo(byte[] message, Asker asker) {
        return message;
    }

    /** One connection, served until it ends. */
    private TcpConnection serve(ServerSocket server, MessageHandler handler, Duration patience, CountDownLatch ended)
            throws IOException {
        TcpConnection connection = new TcpConnection(
                server.accept(), handler, new Admission(1000), statistics, () -> {}, patience, patience);
        Thread.startVirtualThread(() -> {
            connection.serve();
            ended.countDown();
        });
        return connection;
    }

    @Test
    void reply_leavesWithItsLengthInOneWrite() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        try (ServerSocket server = new NotingServer();
                DnsClient client = new DnsClient(LOOPBACK, server.getLocalPort())) {
            serve(server, TcpFramingTest::echo, LONG, ended);
            List<Integer> expected = new ArrayList<>();
            for (int length : new int[] {0, 1, 12, 512, 4096, 65_535}) {
                client.send("x".repeat(length));
                assertEquals(length, client.read().length());
                expected.add(2 + length);
            }
            assertEquals(expected, writes);
        }
        ended.await();
    }

    @Test
    void queriesInOneSegment_cutAnywhere_areAnsweredEach() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        try (ServerSocket server = new NotingServer();
                DnsClient client = new DnsClient(LOOPBACK, server.getLocalPort())) {
            serve(server, TcpFramingTest::echo, LONG, ended);
            byte[] one = DnsClient.frame("query");
            byte[] three = new byte[3 * one.length];
            for (int i = 0; i < 3; i++) {
                System.arraycopy(one, 0, three, i * one.length, one.length);
            }
            for (int cut = 1; cut < three.length; cut++) {
                client.socket().getOutputStream().write(three, 0, cut);
                client.socket().getOutputStream().write(three, cut, three.length - cut);
                for (int i = 0; i < 3; i++) {
                    assertEquals("query", client.read());
                }
            }
        }
        ended.await();
    }

    /** The kernel takes some megabytes of what a client does not read; the rest stays with us. */
    @Test
    void clientThatReadsNothing_isClosedWhenTooMuchWaitsForIt_andOthersAreServed() throws Exception {
        String large = "x".repeat(60_000);
        Admission admission = new Admission(1000, 200_000);
        try (TcpListener listener = new TcpListener(
                        new InetSocketAddress(LOOPBACK, 0), TcpFramingTest::echo, admission, statistics, 100);
                DnsClient deaf = new DnsClient(LOOPBACK, listener.local().getPort());
                DnsClient other = new DnsClient(LOOPBACK, listener.local().getPort())) {
            listener.start();
            other.send("one");
            assertEquals("one", other.read());
            assertThrows(IOException.class, () -> {
                for (int i = 0; i < 1000; i++) {
                    deaf.send(large);
                }
            });
            other.send(large);
            assertEquals(large, other.read());
            Awaitility.await().until(() -> listener.connections() == 1);
            assertEquals(
                    1L, statistics.traffic().get("queries_shed"), "it is closed for that, and not since it is stuck");
        }
    }

    @Test
    void idleClient_isClosed() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        try (ServerSocket server = new NotingServer();
                DnsClient client = new DnsClient(LOOPBACK, server.getLocalPort())) {
            serve(server, TcpFramingTest::echo, SHORT, ended);
            client.send("once");
            assertEquals("once", client.read());
            assertTrue(client.isClosed());
        }
        ended.await();
    }

    @Test
    void clientThatWaitsForItsReply_isNotIdle() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        CountDownLatch late = new CountDownLatch(1);
        MessageHandler slow = (message, asker) -> {
            try {
                late.await();
                return message;
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        };
        try (ServerSocket server = new NotingServer();
                DnsClient client = new DnsClient(LOOPBACK, server.getLocalPort())) {
            serve(server, slow, Duration.ofMillis(20), ended);
            long started = System.nanoTime();
            client.send("wait");
            Awaitility.await().until(() -> System.nanoTime() - started > 200_000_000);
            assertEquals(1, ended.getCount());
            late.countDown();
            assertEquals("wait", client.read());
        }
        ended.await();
    }

    @Test
    void clientThatStopsInAMessage_isClosed() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        try (ServerSocket server = new NotingServer();
                DnsClient client = new DnsClient(LOOPBACK, server.getLocalPort())) {
            TcpConnection connection = serve(server, TcpFramingTest::echo, SHORT, ended);
            client.socket().getOutputStream().write(new byte[] {0, 20, 1, 2, 3});
            Awaitility.await().until(() -> {
                connection.closeIfStuck();
                return ended.getCount() == 0;
            });
            assertTrue(client.isClosed());
        }
    }

    @Test
    void oneClient_cannotTakeAllConnections() throws Exception {
        try (Listeners listeners = Listeners.open(
                InetAddress.getByName("0.0.0.0"),
                0,
                new Limits(100, 60),
                TcpFramingTest::echo,
                statistics,
                SharedLoops.get())) {
            int port = listeners.local().getPort();
            List<DnsClient> clients = new ArrayList<>();
            try {
                for (int i = 0; i < 16; i++) {
                    clients.add(asking(LOOPBACK, port));
                }
                try (DnsClient tooMany = new DnsClient(LOOPBACK, port)) {
                    assertTrue(tooMany.isClosed());
                }
                try (Socket other = new Socket()) {
                    other.bind(new java.net.InetSocketAddress("127.0.0.77", 0));
                    other.connect(new java.net.InetSocketAddress(LOOPBACK, port));
                    other.getOutputStream().write(DnsClient.frame("other"));
                    assertEquals(7, other.getInputStream().readNBytes(7).length);
                }
                clients.removeFirst().close();
                Awaitility.await().ignoreExceptions().until(() -> clients.add(asking(LOOPBACK, port)));
                assertFalse(clients.getLast().socket().isClosed());
            } finally {
                for (DnsClient client : clients) {
                    client.close();
                }
            }
        }
    }

    private static DnsClient asking(InetAddress host, int port) throws IOException {
        DnsClient client = new DnsClient(host, port);
        try {
            client.send("one");
            assertEquals("one", client.read());
            return client;
        } catch (IOException e) {
            client.close();
            throw e;
        }
    }
}

package org.sentrydns.server.upstream;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.Queries;
import org.sentrydns.server.wire.UpstreamQuery;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** Upstreams that treat connections badly. */
@Timeout(30)
final class StreamExchangeTest {
    private static final long LONG = 10_000_000_000L;
    private static final UpstreamQuery QUERY = UpstreamQuery.of(
            Queries.decoded(Queries.of("www.test", Type.A)),
            Name.fromConstantString("www.test.").toWire());

    private final QueryIds ids = new QueryIds();
    private final TargetHealth health = new TargetHealth(new UpstreamTally("u"), false, System::nanoTime);
    private final AtomicInteger connections = new AtomicInteger();

    /** What happens on a connection: number 1, 2, … */
    private interface Behaviour {
        void serve(int number, DataInputStream in, Socket socket) throws IOException, InterruptedException;
    }

    private ServerSocket server(Behaviour behaviour) throws IOException {
        ServerSocket server = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    int number = connections.incrementAndGet();
                    Thread.startVirtualThread(() -> serve(behaviour, number, socket));
                } catch (IOException e) {
                    assertTrue(server.isClosed(), e.toString());
                }
            }
        });
        return server;
    }

    private static void serve(Behaviour behaviour, int number, Socket socket) {
        try (socket) {
            behaviour.serve(number, new DataInputStream(socket.getInputStream()), socket);
        } catch (IOException e) {
            assertTrue(number > 0, "the other side went first");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private StreamExchange exchange(ServerSocket server) {
        return new StreamExchange(new TcpDialer((InetSocketAddress) server.getLocalSocketAddress()), ids);
    }

    private StreamExchange exchange(ServerSocket server, LongSupplier nanoTime) {
        return new StreamExchange(
                new TcpDialer((InetSocketAddress) server.getLocalSocketAddress()), ids, nanoTime, LONG);
    }

    private static byte[] read(DataInputStream in) throws IOException {
        return in.readNBytes(in.readUnsignedShort());
    }

    private static void reply(Socket socket, byte[] query) throws IOException {
        byte[] reply = Replies.address(query, "192.0.2.1");
        byte[] frame = new byte[2 + reply.length];
        Header.put16(frame, 0, reply.length);
        System.arraycopy(reply, 0, frame, 2, reply.length);
        socket.getOutputStream().write(frame);
    }

    private static long deadline(long millis) {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Test
    void upstreamThatClosesAfterEachReply_answersManyAtOnce() throws Exception {
        try (ServerSocket server = server((number, in, socket) -> reply(socket, read(in)));
                StreamExchange exchange = exchange(server);
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<byte[]>> replies = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                replies.add(clients.submit(() -> exchange.ask(QUERY, deadline(5000), health)));
            }
            for (Future<byte[]> reply : replies) {
                assertTrue(QUERY.isAnsweredBy(reply.get()));
            }
        }
    }

    /** As a server does that ends connections now and then: that is no reason to give each question its own. */
    @Test
    void connectionThatIsClosedAfterManyReplies_isFollowedByOneThatIsShared() throws Exception {
        try (ServerSocket server = server((number, in, socket) -> {
                    reply(socket, read(in));
                    reply(socket, read(in));
                    if (number == 1) {
                        read(in);
                        read(in);
                        return;
                    }
                    while (true) {
                        reply(socket, read(in));
                    }
                });
                StreamExchange exchange = exchange(server);
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            exchange.ask(QUERY, deadline(20_000), health);
            exchange.ask(QUERY, deadline(20_000), health);
            List<Future<byte[]>> replies = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                replies.add(clients.submit(() -> exchange.ask(QUERY, deadline(20_000), health)));
            }
            for (Future<byte[]> reply : replies) {
                assertTrue(QUERY.isAnsweredBy(reply.get()));
            }
            for (int i = 0; i < 10; i++) {
                exchange.ask(QUERY, deadline(20_000), health);
            }
            assertEquals(2, connections.get());
        }
    }

    /** All later replies would be read as the rest of it. */
    @Test
    void connectionThatStandsInTheMiddleOfAMessage_isReplaced() throws Exception {
        try (ServerSocket server = server((number, in, socket) -> {
                    if (number == 1) {
                        read(in);
                        socket.getOutputStream().write(new byte[] {0, 100, 1, 2});
                        in.readAllBytes();
                        return;
                    }
                    while (true) {
                        reply(socket, read(in));
                    }
                });
                StreamExchange exchange = exchange(server)) {
            assertThrows(IOException.class, () -> exchange.ask(QUERY, deadline(700), health));
            assertTrue(QUERY.isAnsweredBy(exchange.ask(QUERY, deadline(20_000), health)));
            assertEquals(2, connections.get());
        }
    }

    @Test
    void connectionThatWentSilent_isReplaced() throws Exception {
        try (ServerSocket server = server((number, in, socket) -> {
                    reply(socket, read(in));
                    while (number > 1) {
                        reply(socket, read(in));
                    }
                    new CountDownLatch(1).await(30, TimeUnit.SECONDS);
                });
                StreamExchange exchange = exchange(server)) {
            exchange.ask(QUERY, deadline(2000), health);
            int failures = 0;
            byte[] reply = null;
            while (reply == null && failures < 20) {
                try {
                    reply = exchange.ask(QUERY, deadline(500), health);
                } catch (IOException e) {
                    failures++;
                }
            }
            assertTrue(failures > 0 && failures <= 8, "failures: " + failures);
            assertEquals(2, connections.get());
        }
    }

    @Test
    void interruptedLeg_doesNotEndTheDialThatOthersWaitFor() throws Exception {
        CountDownLatch dialled = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (ServerSocket server = server((number, in, socket) -> {
                    while (true) {
                        reply(socket, read(in));
                    }
                });
                StreamExchange exchange = new StreamExchange(
                        deadline -> {
                            dialled.countDown();
                            try {
                                go.await();
                            } catch (InterruptedException e) {
                                throw new IOException("the dial was interrupted", e);
                            }
                            return new TcpDialer((InetSocketAddress) server.getLocalSocketAddress()).dial(deadline);
                        },
                        ids);
                ExecutorService legs = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<byte[]> loser = legs.submit(() -> exchange.ask(QUERY, deadline(5000), health));
            dialled.await();
            Future<byte[]> other = legs.submit(() -> exchange.ask(QUERY, deadline(5000), health));
            loser.cancel(true);
            go.countDown();
            assertTrue(QUERY.isAnsweredBy(other.get()));
            assertEquals(1, connections.get());
        }
    }

    @Test
    void allIdsTaken_isAnErrorAtOnce() throws IOException {
        PendingReplies pending = new PendingReplies(ids);
        IOException full = assertThrows(IOException.class, () -> {
            for (int i = 0; i < 200_000; i++) {
                pending.add(QUERY, health);
            }
        });
        assertEquals("too many questions wait for a reply", full.getMessage());
    }

    @Test
    void pipelinedQuestions_shareOneConnection() throws Exception {
        try (ServerSocket server = server((number, in, socket) -> {
                    while (true) {
                        reply(socket, read(in));
                    }
                });
                StreamExchange exchange = exchange(server);
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<byte[]>> replies = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                replies.add(clients.submit(() -> exchange.ask(QUERY, deadline(5000), health)));
            }
            for (Future<byte[]> reply : replies) {
                assertArrayEquals(new byte[] {(byte) 192, 0, 2, 1}, lastFour(reply.get()));
            }
            assertEquals(1, connections.get());
        }
    }

    @Test
    void questionGivenUpLongAgo_doesNotEndAConnectionThatIsWell() throws Exception {
        AtomicLong clock = new AtomicLong();
        try (ServerSocket server = server((number, in, socket) -> {
                    reply(socket, read(in));
                    read(in);
                    reply(socket, read(in));
                    in.read();
                });
                StreamExchange exchange = exchange(server, clock::get)) {
            exchange.ask(QUERY, deadline(20_000), health);
            assertThrows(IOException.class, () -> exchange.ask(QUERY, deadline(20), health));
            clock.addAndGet(LONG);
            assertTrue(QUERY.isAnsweredBy(exchange.ask(QUERY, deadline(20_000), health)));
            assertEquals(1, connections.get());
        }
    }

    @Test
    void connectionLeftForItsSilence_isReplacedByOneThatIsShared() throws Exception {
        AtomicLong clock = new AtomicLong();
        CountDownLatch unanswered = new CountDownLatch(5);
        try (ServerSocket server = server((number, in, socket) -> {
                    reply(socket, read(in));
                    while (number == 1) {
                        read(in);
                        unanswered.countDown();
                    }
                    while (true) {
                        reply(socket, read(in));
                    }
                });
                StreamExchange exchange = exchange(server, clock::get);
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            exchange.ask(QUERY, deadline(20_000), health);
            List<Future<byte[]>> replies = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                replies.add(clients.submit(() -> exchange.ask(QUERY, deadline(20_000), health)));
            }
            unanswered.await();
            clock.addAndGet(LONG);
            assertThrows(IOException.class, () -> exchange.ask(QUERY, deadline(20), health));
            for (Future<byte[]> reply : replies) {
                assertTrue(QUERY.isAnsweredBy(reply.get()));
            }
            exchange.ask(QUERY, deadline(20_000), health);
            assertEquals(2, connections.get());
        }
    }

    @Test
    void upstreamThatClosesAfterEachReply_isNotFloodedWithConnections() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (ServerSocket server = server((number, in, socket) -> {
                    byte[] query = read(in);
                    if (number == 1) {
                        read(in);
                        read(in);
                    } else {
                        go.await();
                    }
                    reply(socket, query);
                });
                StreamExchange exchange = exchange(server);
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<byte[]>> replies = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                replies.add(clients.submit(() -> exchange.ask(QUERY, deadline(20_000), health)));
                if (i == 2) {
                    await().until(() -> connections.get() > 2);
                }
            }
            // One has its reply, and one of the two that lost theirs may have gone before the second was lost too.
            await().atMost(Duration.ofSeconds(20)).until(() -> connections.get() >= 1 + 256);
            assertThrows(ShortageException.class, () -> exchange.ask(QUERY, deadline(10), health));
            assertTrue(connections.get() <= 2 + 256, "connections: " + connections);
            go.countDown();
            for (Future<byte[]> reply : replies) {
                assertTrue(QUERY.isAnsweredBy(reply.get()));
            }
        }
    }

    private static byte[] lastFour(byte[] reply) {
        return java.util.Arrays.copyOfRange(reply, reply.length - 4, reply.length);
    }
}

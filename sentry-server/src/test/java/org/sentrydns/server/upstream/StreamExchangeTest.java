package org.sentrydns.server.upstream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Upstreams that treat connections badly. */
@Timeout(30)
final class StreamExchangeTest extends StreamUpstreams {
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

    private static byte[] lastFour(byte[] reply) {
        return java.util.Arrays.copyOfRange(reply, reply.length - 4, reply.length);
    }
}

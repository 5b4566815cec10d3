package org.sentrydns.server.upstream;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Upstreams that close connections, or that should. */
@Timeout(30)
final class StreamClosingTest extends StreamUpstreams {
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
}

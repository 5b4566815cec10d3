package org.sentrydns.server.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.Policy;
import org.sentrydns.api.Upstream;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.Queries;
import org.sentrydns.server.wire.UpstreamQuery;
import org.xbill.DNS.Type;

/** One TCP connection to an upstream, shared by many questions (RFC 7766 section 6.2.1). */
@Timeout(30)
final class PipelineTest {
    private static final int QUESTIONS = 20;

    private static UpstreamReply resolve(Upstreams upstreams, Upstream upstream, String name)
            throws InterruptedException {
        UpstreamQuery query = UpstreamQuery.of(
                Queries.decoded(Queries.of(name, Type.A)), Queries.name(name).toWire());
        return upstreams.resolve(new Outcome.Forward(List.of(upstream), new Policy.Race()), query);
    }

    private static String lastByte(UpstreamReply reply) {
        byte[] message = assertInstanceOf(UpstreamReply.Replied.class, reply, reply.toString())
                .message();
        return String.valueOf(message[message.length - 1]);
    }

    @Test
    void resolve_repliesInReverseOrder_reachTheirQuestions() throws Exception {
        List<FakeUpstream.Question> waiting = new CopyOnWriteArrayList<>();
        Set<Integer> ids = ConcurrentHashMap.newKeySet();
        try (FakeUpstream upstream = FakeUpstream.start(question -> {
                    waiting.add(question);
                    ids.add(Header.id(question.bytes()));
                    if (waiting.size() == QUESTIONS) {
                        for (FakeUpstream.Question late : waiting.reversed()) {
                            int number = late.bytes()[Header.QUESTION + 1] - 'a';
                            late.reply(Replies.address(late.bytes(), "192.0.2." + number));
                        }
                    }
                });
                Upstreams upstreams = FakeUpstream.asking(Duration.ofSeconds(10));
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<UpstreamReply>> replies = new ArrayList<>();
            for (int i = 0; i < QUESTIONS; i++) {
                String name = (char) ('a' + i) + ".test";
                replies.add(clients.submit(() -> resolve(upstreams, upstream.overTcp(), name)));
            }
            for (int i = 0; i < QUESTIONS; i++) {
                assertEquals(String.valueOf(i), lastByte(replies.get(i).get()));
            }
        }
        Set<Integer> connections = new HashSet<>();
        waiting.forEach(question -> connections.add(question.from()));
        assertEquals(1, connections.size());
        assertEquals(QUESTIONS, ids.size());
    }

    @Test
    void resolve_oneAfterTheOther_usesTheSameConnection_andANewOneWhenItWasClosed() throws Exception {
        List<Integer> ports = new CopyOnWriteArrayList<>();
        try (FakeUpstream upstream = FakeUpstream.start(question -> {
                    ports.add(question.from());
                    if (ports.size() == 6) {
                        question.close();
                    } else {
                        question.reply(Replies.address(question.bytes(), "192.0.2.7"));
                    }
                });
                Upstreams upstreams = FakeUpstream.asking(Duration.ofSeconds(10))) {
            for (int i = 0; i < 8; i++) {
                assertEquals("7", lastByte(resolve(upstreams, upstream.overTcp(), "www.test")));
            }
        }
        assertEquals(9, ports.size());
        assertEquals(1, Set.copyOf(ports.subList(0, 6)).size());
        assertEquals(1, Set.copyOf(ports.subList(6, 9)).size());
        assertEquals(2, Set.copyOf(ports).size());
    }

    @Test
    void resolve_replyThatComesByteByByte_isOne() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Upstreams upstreams = FakeUpstream.asking(Duration.ofSeconds(10))) {
            Thread.startVirtualThread(() -> dribble(server));
            Upstream upstream = Upstream.parse("tcp://127.0.0.1:" + server.getLocalPort());
            assertEquals("8", lastByte(resolve(upstreams, upstream, "www.test")));
        }
    }

    private static void dribble(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.setTcpNoDelay(true);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            byte[] query = new byte[in.readUnsignedShort()];
            in.readFully(query);
            byte[] reply = Replies.address(query, "192.0.2.8");
            socket.getOutputStream().write(0);
            socket.getOutputStream().write(reply.length);
            for (byte b : reply) {
                socket.getOutputStream().write(b);
            }
            assertEquals(-1, in.read());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void resolve_truncatedOverTcp_isNoAnswer() throws Exception {
        try (FakeUpstream upstream =
                        FakeUpstream.start(question -> question.reply(Replies.truncated(question.bytes())));
                Upstreams upstreams = FakeUpstream.asking(Duration.ofSeconds(5))) {
            for (Upstream asked : List.of(upstream.overTcp(), upstream.overUdp())) {
                UpstreamReply.Silent silent =
                        assertInstanceOf(UpstreamReply.Silent.class, resolve(upstreams, asked, "www.test"));
                assertTrue(silent.reason().endsWith("truncated where nothing needs to be"), silent.reason());
            }
        }
    }
}

package org.sentrydns.server.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sentrydns.server.wire.Queries;
import org.sentrydns.server.wire.UpstreamQuery;
import org.xbill.DNS.Type;

/** Connections that are never made. */
@Timeout(30)
final class DialTest {
    private static final UpstreamQuery QUERY = UpstreamQuery.of(
            Queries.decoded(Queries.of("www.test", Type.A)),
            Queries.name("www.test").toWire());
    private static final long SHORT = 500_000_000L;
    private static final long LONG = 20_000_000_000L;

    private final QueryIds ids = new QueryIds();
    private final TargetHealth health = new TargetHealth(new UpstreamTally("u"), false, System::nanoTime);

    private static ServerSocket server() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    private StreamExchange exchange(Dialer dialer) {
        return new StreamExchange(dialer, ids, System::nanoTime, SHORT);
    }

    private byte[] ask(StreamExchange exchange) throws IOException, InterruptedException {
        return exchange.ask(QUERY, System.nanoTime() + LONG, health);
    }

    private String failure(StreamExchange exchange) {
        return String.valueOf(
                assertThrows(IOException.class, () -> ask(exchange)).getMessage());
    }

    @Test
    void errorOfTheDial_isToldAtOnce_andLeavesNoSocketOpen() throws Exception {
        try (ServerSocket server = server();
                StreamExchange exchange = new StreamExchange(
                        new TlsDialer("127.0.0.1", server.getLocalPort(), LoopbackTls.LOOPBACK, () -> {
                            throw new NoClassDefFoundError("a/Provider");
                        }),
                        ids)) {
            for (int i = 0; i < 2; i++) {
                assertEquals("java.lang.NoClassDefFoundError: a/Provider", failure(exchange));
                try (Socket accepted = server.accept()) {
                    assertEquals(-1, accepted.getInputStream().read());
                }
            }
        }
    }

    @Test
    void nameWithAnAddressWhereNobodyListens_isDialledByItsOtherOne() throws Exception {
        InetAddress nobody = InetAddress.getByName("127.0.0.9");
        BootstrapNames.Lookup names = name -> List.of(nobody, InetAddress.getLoopbackAddress());
        try (ServerSocket server = server();
                StreamExchange exchange = new StreamExchange(
                        new TlsDialer("two.invalid", server.getLocalPort(), names, () -> {
                            throw new NoClassDefFoundError("a/Connection");
                        }),
                        ids)) {
            assertEquals("java.lang.NoClassDefFoundError: a/Connection", failure(exchange));
        }
    }

    @Test
    void nameWithAnAddressThatFails_isDialledByTheOtherOneFirst_fromThenOn() throws Exception {
        LoopbackTls tls = new LoopbackTls();
        InetAddress failing = InetAddress.getByName("127.0.0.9");
        BootstrapNames.Lookup names = name -> List.of(failing, InetAddress.getLoopbackAddress());
        try (ExecutorService servers = Executors.newVirtualThreadPerTaskExecutor();
                ServerSocket good = tls.server()) {
            Future<Integer> failed;
            try (ServerSocket bad = new ServerSocket(good.getLocalPort(), 50, failing)) {
                failed = servers.submit(() -> closeEach(bad));
                Dialer dialer = new TlsDialer("one-of-two.invalid", good.getLocalPort(), names, tls::factory);
                for (int i = 0; i < 3; i++) {
                    Future<SSLSocket> accepted = servers.submit(() -> LoopbackTls.accepted(good));
                    dialer.dial(System.nanoTime() + LONG).close();
                    accepted.get().close();
                }
            }
            assertEquals(1, failed.get());
        }
    }

    /** Until it is closed itself. */
    private static int closeEach(ServerSocket server) {
        int closed = 0;
        try {
            while (true) {
                server.accept().close();
                closed++;
            }
        } catch (IOException e) {
            return closed;
        }
    }

    /** The first bytes of a long handshake message, and then one by one, each in time for its read. */
    private static int trickle(ServerSocket server) throws IOException, InterruptedException {
        int sent = 0;
        try (Socket socket = server.accept()) {
            socket.getOutputStream().write(new byte[] {22, 3, 3, 0x3f, 0});
            while (true) {
                TimeUnit.MILLISECONDS.sleep(20);
                socket.getOutputStream().write(0);
                sent++;
            }
        } catch (IOException e) {
            return sent;
        }
    }

    @Test
    void handshakeByteByByte_endsInTime() throws Exception {
        LoopbackTls tls = new LoopbackTls();
        try (ServerSocket server = server();
                StreamExchange exchange = exchange(tls.dialer(server));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> sent = threads.submit(() -> trickle(server));
            assertEquals("no connection in time", failure(exchange));
            assertTrue(sent.get() < 500, "bytes: " + sent.get());
        }
    }

    @Test
    void dialThatDoesNotEnd_isNotWaitedForAgain() throws Exception {
        AtomicInteger dials = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        try (ServerSocket server = server();
                StreamExchange exchange = exchange(deadline -> {
                    if (dials.incrementAndGet() == 1) {
                        awaitStubbornly(go);
                    }
                    return new TcpDialer((InetSocketAddress) server.getLocalSocketAddress()).dial(deadline + LONG);
                });
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertEquals("no connection in time", failure(exchange));
            Future<byte[]> reply = threads.submit(() -> ask(exchange));
            try (Socket second = server.accept()) {
                DataInputStream in = new DataInputStream(second.getInputStream());
                byte[] answer = Replies.address(in.readNBytes(in.readUnsignedShort()), "192.0.2.1");
                second.getOutputStream().write(new byte[] {0, (byte) answer.length});
                second.getOutputStream().write(answer);
                assertTrue(QUERY.isAnsweredBy(reply.get()));
                go.countDown();
                try (Socket late = server.accept()) {
                    assertEquals(-1, late.getInputStream().read());
                }
            }
        }
    }

    private static void awaitStubbornly(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                assertTrue(latch.getCount() > 0, "somebody tries to end it");
            }
        }
    }
}

package org.sentrydns.server.upstream;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sentrydns.server.wire.Queries;
import org.sentrydns.server.wire.UpstreamQuery;
import org.xbill.DNS.Type;

/** Connections that are encrypted, to upstreams that treat them badly. */
@Timeout(30)
final class TlsConnectionTest {
    private static final UpstreamQuery QUERY = UpstreamQuery.of(
            Queries.decoded(Queries.of("www.test", Type.A)),
            Queries.name("www.test").toWire());
    private static final int LITTLE = 1 << 16;

    private final QueryIds ids = new QueryIds();
    private final TargetHealth health = new TargetHealth(new UpstreamTally("u"), false, System::nanoTime);
    private final LoopbackTls tls = new LoopbackTls();

    TlsConnectionTest() throws Exception {}

    private static long deadline(long millis) {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private boolean isFull(StreamConnection connection) throws InterruptedException {
        try {
            while (connection.ask(QUERY, System.nanoTime(), health) == null) {
                assertFalse(connection.isClosed());
            }
            return false;
        } catch (IOException e) {
            assertEquals("too many questions wait to be sent", e.getMessage());
            return true;
        }
    }

    @Test
    void question_isAnswered() throws Exception {
        try (ServerSocket server = tls.server();
                StreamExchange exchange = new StreamExchange(tls.dialer(server), ids);
                ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<byte[]> reply = others.submit(() -> exchange.ask(QUERY, deadline(20_000), health));
            try (SSLSocket accepted = LoopbackTls.accepted(server)) {
                DataInputStream in = new DataInputStream(accepted.getInputStream());
                byte[] answer = Replies.address(in.readNBytes(in.readUnsignedShort()), "192.0.2.1");
                accepted.getOutputStream().write(new byte[] {0, (byte) answer.length});
                accepted.getOutputStream().write(answer);
                assertTrue(QUERY.isAnsweredBy(reply.get()));
            }
        }
    }

    @Test
    void close_whileTheUpstreamReadsNothing_waitsForNobody() throws Exception {
        try (ServerSocket server = tls.server();
                ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<SSLSocket> accepted = others.submit(() -> LoopbackTls.accepted(server));
            Link link = tls.dialer(server).dial(deadline(20_000));
            link.plain().setSendBufferSize(LITTLE);
            StreamConnection connection = new StreamConnection(link, ids, System::nanoTime);
            try (SSLSocket other = accepted.get()) {
                assertTrue(other.isConnected());
                await().during(Duration.ofMillis(200)).until(() -> isFull(connection));
                connection.close();
                assertThrows(ConnectionLostException.class, () -> connection.ask(QUERY, deadline(20_000), health));
            }
        }
    }
}

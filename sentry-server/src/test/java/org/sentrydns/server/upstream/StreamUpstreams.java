package org.sentrydns.server.upstream;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.Queries;
import org.sentrydns.server.wire.UpstreamQuery;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** Servers on 127.0.0.1 that treat connections as a test wants, and the way to ask them. */
abstract class StreamUpstreams {
    static final long LONG = 10_000_000_000L;
    static final UpstreamQuery QUERY = UpstreamQuery.of(
            Queries.decoded(Queries.of("www.test", Type.A)),
            Name.fromConstantString("www.test.").toWire());

    final QueryIds ids = new QueryIds();
    final TargetHealth health = new TargetHealth(new UpstreamTally("u"), false, System::nanoTime);
    final AtomicInteger connections = new AtomicInteger();

    /** What happens on a connection: number 1, 2, … */
    interface Behaviour {
        void serve(int number, DataInputStream in, Socket socket) throws IOException, InterruptedException;
    }

    ServerSocket server(Behaviour behaviour) throws IOException {
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

    StreamExchange exchange(ServerSocket server) {
        return new StreamExchange(new TcpDialer((InetSocketAddress) server.getLocalSocketAddress()), ids);
    }

    StreamExchange exchange(ServerSocket server, LongSupplier nanoTime) {
        return new StreamExchange(
                new TcpDialer((InetSocketAddress) server.getLocalSocketAddress()), ids, nanoTime, LONG);
    }

    static byte[] read(DataInputStream in) throws IOException {
        return in.readNBytes(in.readUnsignedShort());
    }

    static void reply(Socket socket, byte[] query) throws IOException {
        byte[] reply = Replies.address(query, "192.0.2.1");
        byte[] frame = new byte[2 + reply.length];
        Header.put16(frame, 0, reply.length);
        System.arraycopy(reply, 0, frame, 2, reply.length);
        socket.getOutputStream().write(frame);
    }

    static long deadline(long millis) {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }
}

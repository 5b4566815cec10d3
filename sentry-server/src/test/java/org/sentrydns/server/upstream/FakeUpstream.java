package org.sentrydns.server.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.sentrydns.api.Upstream;
import org.sentrydns.server.loop.SharedLoops;
import org.sentrydns.server.wire.Header;

/** An upstream on loopback, UDP and TCP on one port, that does what a test's script says. */
public final class FakeUpstream implements AutoCloseable {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final DatagramChannel udp;
    private final DatagramChannel elsewhere;
    private final ServerSocket tcp;
    private final Script script;
    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger queries = new AtomicInteger();
    private final AtomicInteger hungUp = new AtomicInteger();

    /** What happens on a query. */
    @FunctionalInterface
    public interface Script {
        void on(Question question);
    }

    /** Sends bytes to who asked. */
    @FunctionalInterface
    interface Way {
        void send(byte[] bytes) throws IOException;
    }

    /** A query that came, the port that it came from, and the ways back. */
    public record Question(
            byte[] bytes, int from, boolean isTcp, Way way, Way wrongWay, Way hangUp, ScheduledExecutorService later) {
        public void reply(byte[] reply) {
            send(way, reply);
        }

        public void replyAfter(Duration delay, byte[] reply) {
            var sent = later.schedule(() -> send(way, reply), delay.toNanos(), TimeUnit.NANOSECONDS);
            assert !sent.isCancelled();
        }

        public void replyFromElsewhere(byte[] reply) {
            send(wrongWay, reply);
        }

        public void close() {
            send(hangUp, new byte[0]);
        }

        private static void send(Way way, byte[] reply) {
            try {
                way.send(reply);
            } catch (IOException e) {
                // Who asked is gone, as losers of a race are.
                assert e != null;
            }
        }
    }

    private FakeUpstream(DatagramChannel udp, ServerSocket tcp, Script script) throws IOException {
        this.udp = udp;
        this.tcp = tcp;
        this.script = script;
        this.elsewhere = DatagramChannel.open().bind(ANY_PORT);
    }

    public static FakeUpstream start(Script script) throws IOException {
        FakeUpstream upstream = bind(script);
        Thread.ofVirtual().start(upstream::receive);
        Thread.ofVirtual().start(upstream::accept);
        return upstream;
    }

    /** A port that is free for UDP may be taken for TCP; then another one will do. */
    private static FakeUpstream bind(Script script) throws IOException {
        while (true) {
            DatagramChannel udp = DatagramChannel.open().bind(ANY_PORT);
            ServerSocket tcp = new ServerSocket();
            try {
                tcp.bind(udp.getLocalAddress(), 50);
                return new FakeUpstream(udp, tcp, script);
            } catch (BindException e) {
                udp.close();
                tcp.close();
            }
        }
    }

    /** What asks upstreams, with nothing but a timeout set. */
    public static Upstreams asking(Duration timeout) throws IOException {
        return new Upstreams(
                new UpstreamSettings(timeout, false, false, List.of()), address -> false, SharedLoops.get());
    }

    public int port() {
        return tcp.getLocalPort();
    }

    public Upstream overUdp() {
        return Upstream.parse("127.0.0.1:" + port());
    }

    public Upstream overTcp() {
        return Upstream.parse("tcp://127.0.0.1:" + port());
    }

    /** How many queries have come, over both transports. */
    public int queries() {
        return queries.get();
    }

    /** How many TCP connections the other side has closed. */
    public int hungUp() {
        return hungUp.get();
    }

    private void receive() {
        ByteBuffer buffer = ByteBuffer.allocate(Header.MAX_MESSAGE);
        try {
            while (true) {
                InetSocketAddress client = (InetSocketAddress) udp.receive(buffer.clear());
                byte[] query = new byte[buffer.flip().remaining()];
                buffer.get(query);
                queries.incrementAndGet();
                script.on(new Question(
                        query,
                        client.getPort(),
                        false,
                        bytes -> udp.send(ByteBuffer.wrap(bytes), client),
                        bytes -> elsewhere.send(ByteBuffer.wrap(bytes), client),
                        bytes -> {},
                        later));
            }
        } catch (IOException e) {
            assert !udp.isOpen() : e;
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = tcp.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            assert tcp.isClosed() : e;
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            while (true) {
                byte[] length = in.readNBytes(2);
                if (length.length < 2) {
                    break;
                }
                byte[] query = in.readNBytes(Header.u16(length, 0));
                queries.incrementAndGet();
                Way way = bytes -> socket.getOutputStream().write(frame(bytes));
                script.on(new Question(query, socket.getPort(), true, way, way, bytes -> socket.close(), later));
            }
            hungUp.incrementAndGet();
        } catch (IOException e) {
            hungUp.incrementAndGet();
        }
    }

    private static byte[] frame(byte[] message) {
        return ByteBuffer.allocate(2 + message.length)
                .putShort((short) message.length)
                .put(message)
                .array();
    }

    @Override
    public void close() {
        later.shutdownNow();
        try {
            udp.close();
            elsewhere.close();
            tcp.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

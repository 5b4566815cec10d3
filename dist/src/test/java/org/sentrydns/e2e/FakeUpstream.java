package org.sentrydns.e2e;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

/** An upstream over UDP that behaves as a test wants. Thread-safe. */
final class FakeUpstream implements AutoCloseable {
    private final DatagramSocket socket;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().factory());
    private final AtomicInteger asked = new AtomicInteger();
    private final Optional<Integer> rcode;
    private final Duration delay;

    private FakeUpstream(Optional<Integer> rcode, Duration delay) throws IOException {
        this.rcode = rcode;
        this.delay = delay;
        this.socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread.ofPlatform().daemon().name("fake-upstream").start(this::serve);
    }

    /** Takes queries and never answers. */
    static FakeUpstream silent() throws IOException {
        return new FakeUpstream(Optional.empty(), Duration.ZERO);
    }

    /** Answers each query with this code, and an address if it is NOERROR. */
    static FakeUpstream replying(int rcode, Duration delay) throws IOException {
        return new FakeUpstream(Optional.of(rcode), delay);
    }

    private void serve() {
        try {
            byte[] buffer = new byte[4096];
            while (true) {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                asked.incrementAndGet();
                Message query = new Message(Arrays.copyOf(buffer, packet.getLength()));
                if (rcode.isPresent()) {
                    byte[] reply = reply(query, rcode.get());
                    SocketAddress from = packet.getSocketAddress();
                    var sent = clock.schedule(() -> send(reply, from), delay.toNanos(), TimeUnit.NANOSECONDS);
                    assert !sent.isCancelled();
                }
            }
        } catch (SocketException e) {
            clock.shutdownNow();
        } catch (IOException e) {
            throw new AssertionError("the fake upstream got no query", e);
        }
    }

    private static byte[] reply(Message query, int rcode) {
        Message reply = new Message(query.getHeader().getID());
        reply.getHeader().setFlag(Flags.QR);
        reply.getHeader().setFlag(Flags.RD);
        reply.getHeader().setFlag(Flags.RA);
        reply.getHeader().setRcode(rcode);
        reply.addRecord(query.getQuestion(), Section.QUESTION);
        if (rcode == Rcode.NOERROR) {
            byte[] address = {(byte) 192, 0, 2, 99};
            try {
                reply.addRecord(
                        new ARecord(query.getQuestion().getName(), DClass.IN, 60, InetAddress.getByAddress(address)),
                        Section.ANSWER);
            } catch (UnknownHostException e) {
                throw new AssertionError(e);
            }
        }
        return reply.toWire();
    }

    private void send(byte[] reply, SocketAddress to) {
        try {
            socket.send(new DatagramPacket(reply, reply.length, to));
        } catch (IOException e) {
            if (!socket.isClosed()) {
                throw new AssertionError("the fake upstream cannot reply", e);
            }
        }
    }

    int asked() {
        return asked.get();
    }

    /** As it stands in a rule. */
    String upstream() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    @Override
    public void close() {
        socket.close();
    }
}

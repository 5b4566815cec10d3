package org.sentrydns.server.upstream;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.UpstreamQuery;

/**
 * A connected UDP socket that many questions share, told apart by ID and question. Thread-safe. Its channel is
 * non-blocking, so the interrupt of a cancelled leg cannot close it. It serves a short time only: the kernel gives each
 * socket a random port (RFC 5452 section 4.5).
 */
final class UdpSocket implements AutoCloseable {
    private static final int MAX_QUERIES = 256;
    private static final long MAX_AGE_NANOS = 2_000_000_000L;
    private static final long FULL_BUFFER_NANOS = 100_000;
    private static final int ATTEMPTS = 3;

    private final DatagramChannel channel;
    private final PendingReplies pending;
    private final AtomicInteger queries = new AtomicInteger();
    private final long opened = System.nanoTime();

    UdpSocket(InetSocketAddress upstream, QueryIds ids) throws IOException {
        pending = new PendingReplies(ids);
        channel = DatagramChannel.open();
        try {
            channel.configureBlocking(false);
            channel.connect(upstream);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    DatagramChannel channel() {
        return channel;
    }

    boolean isWorn() {
        return queries.get() >= MAX_QUERIES || System.nanoTime() - opened > MAX_AGE_NANOS || !channel.isOpen();
    }

    boolean isIdle() {
        return pending.isEmptyAfterSweep();
    }

    /** Sends the question, again when the reply is late, and waits; null if none came by the deadline. */
    byte @Nullable [] ask(UpstreamQuery query, long deadline, TargetHealth health)
            throws IOException, InterruptedException {
        queries.incrementAndGet();
        PendingReplies.Entry entry = pending.add(query, health);
        byte[] reply = null;
        try {
            byte[] message = query.withId(entry.id());
            long patience = (deadline - System.nanoTime()) / ATTEMPTS;
            for (int attempt = 1; reply == null && attempt <= ATTEMPTS; attempt++) {
                send(ByteBuffer.wrap(message), deadline);
                reply = entry.reply()
                        .awaitWoken(attempt == ATTEMPTS ? deadline : Math.min(deadline, System.nanoTime() + patience));
            }
            return reply;
        } finally {
            pending.leave(entry, reply != null);
        }
    }

    private void send(ByteBuffer message, long deadline) throws IOException {
        while (channel.write(message) == 0 && deadline - System.nanoTime() > 0) {
            LockSupport.parkNanos(FULL_BUFFER_NANOS);
        }
    }

    /** Wakes those whose time has come. */
    void wakeLate(long now) {
        pending.wakeLate(now);
    }

    /** Called by the loop: takes one message. Among many sockets few have two, and the loop calls again for those. */
    void read(ByteBuffer buffer) {
        try {
            if (channel.read(buffer.clear()) > 0) {
                accept(buffer.flip());
            }
        } catch (IOException e) {
            // The kernel says that the upstream's port is closed, or a waiter closed the socket.
            pending.failAll(e);
        }
    }

    private void accept(ByteBuffer message) {
        if (message.remaining() >= Header.LENGTH && pending.expects(message.getShort(0) & 0xffff)) {
            byte[] bytes = new byte[message.remaining()];
            message.get(bytes);
            pending.offer(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        pending.failAll(new ClosedChannelException());
    }
}

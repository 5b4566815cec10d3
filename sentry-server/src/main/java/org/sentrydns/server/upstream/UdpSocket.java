package org.sentrydns.server.upstream;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.loop.DatagramPort;
import org.sentrydns.server.loop.QueryLoop;
import org.sentrydns.server.wire.UpstreamQuery;

/**
 * A connected UDP socket that many questions share, told apart by ID and question. Thread-safe. It serves a short time
 * only: the kernel gives each socket a random port (RFC 5452 section 4.5).
 */
final class UdpSocket implements DatagramPort.Receiver, AutoCloseable {
    private static final int MAX_QUERIES = 1024;
    private static final long MAX_AGE_NANOS = 2_000_000_000L;
    private static final int ATTEMPTS = 3;
    /** Before it is sent again, and twice that before the next time, however long the query may take: a datagram may be lost. */
    private static final long PATIENCE_NANOS = 400_000_000L;
    /** Bytes, as far as the system allows: the replies of a moment, while the loop is elsewhere. */
    private static final int BUFFER = 1 << 20;

    private final InetSocketAddress upstream;
    private final DatagramPort port;
    private final PendingReplies pending;
    private final AtomicInteger queries = new AtomicInteger();
    private final long opened = System.nanoTime();

    /**
     * Opens and connects it.
     *
     * @throws ShortageException if this process can have no more sockets
     */
    UdpSocket(InetSocketAddress upstream, QueryIds ids, QueryLoop loop) throws IOException {
        this.upstream = upstream;
        pending = new PendingReplies(ids);
        DatagramChannel channel = open(upstream);
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER);
            channel.connect(upstream);
            port = new DatagramPort(channel, loop, this);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static DatagramChannel open(InetSocketAddress upstream) throws ShortageException {
        try {
            return DatagramPort.openChannel(upstream.getAddress());
        } catch (IOException e) {
            throw new ShortageException("no socket to ask by: " + e.getMessage());
        }
    }

    /** Lets its loop read what comes. */
    void start() throws IOException {
        port.start();
    }

    boolean isWorn(long now) {
        return queries.get() >= MAX_QUERIES || now - opened > MAX_AGE_NANOS || !port.isOpen();
    }

    boolean isOpen() {
        return port.isOpen();
    }

    boolean isIdle() {
        return pending.isEmptyAfterSweep();
    }

    /**
     * Sends the question, again when the reply is late, and waits; null if none came by the deadline.
     *
     * @param now what {@link System#nanoTime} says
     */
    byte @Nullable [] ask(UpstreamQuery query, long now, long deadline, TargetHealth health)
            throws IOException, InterruptedException {
        queries.incrementAndGet();
        PendingReplies.Entry entry = pending.add(query, health);
        byte[] reply = null;
        try {
            Sending sending = new Sending(query.withId(entry.id()), entry.reply());
            for (int attempt = 1; reply == null && attempt <= ATTEMPTS; attempt++) {
                sending.start();
                reply = pending.await(entry, end(attempt, now, deadline));
            }
            return reply;
        } finally {
            pending.leave(entry, reply != null);
        }
    }

    /** When to send again. */
    private static long end(int attempt, long now, long deadline) {
        if (attempt == ATTEMPTS) {
            return deadline;
        }
        return now + Math.min(attempt * (deadline - now) / ATTEMPTS, PATIENCE_NANOS * ((1 << attempt) - 1));
    }

    /** A question on its way out. */
    private final class Sending implements DatagramPort.Delivery {
        private final byte[] message;
        private final PendingReply reply;

        Sending(byte[] message, PendingReply reply) {
            this.message = message;
            this.reply = reply;
        }

        void start() throws IOException {
            if (!port.sendSoon(message, upstream, this)) {
                port.sendNow(message, upstream);
            }
        }

        @Override
        public void sent() {
            // Its reply says so.
        }

        @Override
        public void refused(IOException cause) {
            if (cause instanceof SocketException) {
                reply.fail(cause);
            } else {
                port.run(this::sendNow);
            }
        }

        private void sendNow() {
            try {
                port.sendNow(message, upstream);
            } catch (IOException e) {
                reply.fail(e);
            }
        }
    }

    /** Wakes those whose time has come. */
    void wakeLate(long now) {
        pending.wakeLate(now);
    }

    @Override
    public void received(DatagramPort from, byte[] message, InetSocketAddress peer) {
        pending.offer(message);
    }

    /** The kernel says that the upstream's port is closed, or that there is no way to it. */
    @Override
    public void failed(DatagramPort from, IOException cause) {
        pending.failAll(cause);
    }

    @Override
    public void close() throws IOException {
        port.close();
        pending.failAll(new ClosedChannelException());
    }
}

package org.sentrydns.server.upstream;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.UpstreamQuery;

/**
 * A connection that many questions share, pipelined, replies in any order (RFC 7766 section 6.2.1). Thread-safe. Only its
 * own two virtual threads wait at the socket, so the interrupt of a cancelled leg cannot close it.
 */
final class StreamConnection implements AutoCloseable {
    private static final int IDLE_MILLIS = 10_000;
    private static final int MAX_OUTGOING = 4096;
    private static final byte[] END = new byte[0];
    private static final long NONE = 0;
    /** For the next part of a message to come. */
    private static final long FRAME_NANOS = 500_000_000L;

    private final Link link;
    private final PendingReplies pending;
    private final BlockingQueue<byte[]> outgoing = new LinkedBlockingQueue<>(MAX_OUTGOING);
    private final Silence silence;
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicBoolean ended = new AtomicBoolean();
    /** When a part came of a message that is not whole yet. */
    private volatile long frameMoved = NONE;

    private volatile boolean endedByPeer;
    private volatile boolean replied;
    private volatile boolean repliedAgain;
    private volatile boolean closed;

    StreamConnection(Link link, QueryIds ids, LongSupplier nanoTime) {
        this.link = link;
        this.silence = new Silence(nanoTime);
        this.pending = new PendingReplies(ids);
        Thread.startVirtualThread(this::read);
        Thread.startVirtualThread(this::write);
    }

    boolean isClosed() {
        return closed;
    }

    /** As of a server that closes each connection behind its first reply. */
    boolean repliedOnce() {
        return replied && !repliedAgain;
    }

    /** Whether the other end closed it and left more than one question without a reply. */
    boolean lostSeveral() {
        return endedByPeer && lost.get() > 1;
    }

    /** Null if no reply came by the deadline. */
    byte @Nullable [] ask(UpstreamQuery query, long deadline, TargetHealth health)
            throws IOException, InterruptedException {
        PendingReplies.Entry entry = pending.add(query, health);
        byte[] reply = null;
        try {
            byte[] message = query.withId(entry.id());
            byte[] frame = new byte[2 + message.length];
            Header.put16(frame, 0, message.length);
            System.arraycopy(message, 0, frame, 2, message.length);
            silence.asked();
            if (!outgoing.offer(frame)) {
                throw new IOException("too many questions wait to be sent");
            }
            if (closed) {
                throw new ConnectionLostException("the connection was closed");
            }
            reply = await(entry.reply(), deadline);
            return reply;
        } catch (ConnectionLostException e) {
            lost.incrementAndGet();
            throw e;
        } finally {
            pending.leave(entry, reply != null);
        }
    }

    /** Who waits long looks whether the other end is gone without a word: then another connection may do. */
    private byte @Nullable [] await(PendingReply reply, long deadline) throws IOException, InterruptedException {
        byte[] message = null;
        long left = deadline - System.nanoTime();
        while (message == null && left > 0) {
            message = reply.await(System.nanoTime() + Math.min(left, Silence.NANOS));
            if (message == null && silence.isLong()) {
                end("the connection was silent for too long", false);
            }
            left = deadline - System.nanoTime();
        }
        long moved = frameMoved;
        if (message == null && moved != NONE && System.nanoTime() - moved > FRAME_NANOS) {
            // All later replies would be taken for the rest of it.
            end("a message was not ended", false);
        }
        return message;
    }

    private void write() {
        try {
            byte[] frame = outgoing.take();
            while (frame.length > 0) {
                link.socket().getOutputStream().write(frame);
                frame = outgoing.take();
            }
        } catch (IOException e) {
            end(e.toString(), true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            end(e.toString(), false);
            throw e;
        }
    }

    private void read() {
        try {
            link.socket().setSoTimeout(IDLE_MILLIS);
            InputStream in = new BufferedInputStream(link.socket().getInputStream());
            while (!closed) {
                byte[] length = exactly(in, 2);
                frameMoved = System.nanoTime() | 1;
                byte[] message = exactly(in, Header.u16(length, 0));
                frameMoved = NONE;
                silence.heard();
                repliedAgain = replied;
                replied = true;
                pending.offer(message);
            }
        } catch (SocketTimeoutException e) {
            end("nothing came for too long", false);
        } catch (IOException e) {
            end(e.getMessage() == null ? e.toString() : e.getMessage(), true);
        } catch (RuntimeException | Error e) {
            end(e.toString(), false);
            throw e;
        }
    }

    private byte[] exactly(InputStream in, int bytes) throws IOException {
        byte[] read = new byte[bytes];
        int have = 0;
        while (have < bytes) {
            try {
                int more = in.read(read, have, bytes - have);
                if (more < 0) {
                    throw new IOException("the connection was closed before the reply");
                }
                have += more;
                if (frameMoved != NONE) {
                    frameMoved = System.nanoTime() | 1;
                }
            } catch (SocketTimeoutException e) {
                if (have > 0 || pending.isEmptyAfterSweep()) {
                    throw e;
                }
            }
        }
        return read;
    }

    private void end(String reason, boolean byPeer) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        endedByPeer = byPeer;
        closed = true;
        pending.failAll(new ConnectionLostException(reason));
        outgoing.clear();
        boolean told = outgoing.offer(END);
        assert told || closed;
        try {
            link.close();
        } catch (IOException e) {
            // The other end is gone, which is what was wanted.
            assert closed;
        }
    }

    @Override
    public void close() {
        end("the connection was closed", false);
    }
}

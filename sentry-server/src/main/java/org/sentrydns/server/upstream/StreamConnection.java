package org.sentrydns.server.upstream;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.UpstreamQuery;

/**
 * A connection that many questions share, pipelined, replies in any order (RFC 7766 section 6.2.1). Thread-safe. Only its
 * own two virtual threads touch the socket, so the interrupt of a cancelled leg cannot close it.
 */
final class StreamConnection implements AutoCloseable {
    private static final int IDLE_MILLIS = 10_000;
    private static final byte[] END = new byte[0];

    private final Socket socket;
    private final PendingReplies pending;
    private final BlockingQueue<byte[]> outgoing = new LinkedBlockingQueue<>();
    private volatile boolean closed;

    StreamConnection(Socket socket, QueryIds ids) {
        this.socket = socket;
        this.pending = new PendingReplies(ids);
        Thread.startVirtualThread(this::read);
        Thread.startVirtualThread(this::write);
    }

    boolean isClosed() {
        return closed;
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
            outgoing.add(frame);
            if (closed) {
                throw new IOException("the connection was closed");
            }
            reply = entry.reply().await(deadline);
            return reply;
        } finally {
            pending.leave(entry, reply != null);
        }
    }

    private void write() {
        try {
            byte[] frame = outgoing.take();
            while (frame.length > 0) {
                socket.getOutputStream().write(frame);
                frame = outgoing.take();
            }
        } catch (IOException e) {
            end(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try {
            socket.setSoTimeout(IDLE_MILLIS);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (!closed) {
                byte[] length = exactly(in, 2);
                pending.offer(exactly(in, Header.u16(length, 0)));
            }
        } catch (IOException e) {
            end(e);
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
            } catch (SocketTimeoutException e) {
                if (have > 0 || pending.isEmptyAfterSweep()) {
                    throw e;
                }
            }
        }
        return read;
    }

    private void end(IOException cause) {
        closed = true;
        pending.failAll(cause);
        outgoing.add(END);
        try {
            socket.close();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    @Override
    public void close() {
        end(new IOException("the server stops"));
    }
}

package org.sentrydns.server.benchmark;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A connection that opens itself again when it was closed. Confined to one thread. */
final class TcpConnection implements AutoCloseable {

    private final BenchmarkPlan plan;
    private final Wire wire;
    private final ByteBuffer message = ByteBuffer.allocate(65535);
    private @Nullable Socket socket;

    TcpConnection(BenchmarkPlan plan, Wire wire) {
        this.plan = plan;
        this.wire = wire;
    }

    /**
     * Asks for a name. The reply is valid until the next call.
     *
     * @throws SocketTimeoutException no reply in time
     */
    ByteBuffer ask(int name) throws IOException {
        long deadline = System.nanoTime() + plan.timeout().toNanos();
        boolean reused = socket != null;
        try {
            return exchange(name, deadline);
        } catch (SocketTimeoutException e) {
            close();
            throw e;
        } catch (IOException e) {
            close();
            if (!reused) {
                throw e;
            }
        }
        // A server may close an idle connection at any time (RFC 7766, section 6.2.3): only a new one can tell.
        try {
            return exchange(name, deadline);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private ByteBuffer exchange(int name, long deadline) throws IOException {
        Socket open = socket;
        if (open == null) {
            open = new Socket();
            socket = open;
            open.setTcpNoDelay(true);
            open.connect(plan.server(), remainingMillis(deadline));
        }
        int id = ThreadLocalRandom.current().nextInt(65536);
        wire.encode(message.clear().position(2), id, name);
        message.putShort(0, (short) (message.position() - 2)).flip();
        open.getOutputStream().write(message.array(), 0, message.limit());
        do {
            receive(open, 2, deadline);
            receive(open, message.getShort(0) & 0xffff, deadline);
        } while (!Wire.isReply(message) || Wire.id(message) != id || !wire.answersTo(message, name));
        return message;
    }

    private void receive(Socket open, int length, long deadline) throws IOException {
        InputStream in = open.getInputStream();
        int read = 0;
        while (read < length) {
            open.setSoTimeout(remainingMillis(deadline));
            int count = in.read(message.array(), read, length - read);
            if (count < 0) {
                throw new EOFException("connection closed by " + plan.target() + " before its reply");
            }
            read += count;
        }
        message.clear().limit(length);
    }

    /** Never 0, which sockets take for "no timeout". */
    private static int remainingMillis(long deadline) throws SocketTimeoutException {
        long nanos = deadline - System.nanoTime();
        if (nanos <= 0) {
            throw new SocketTimeoutException("no reply in time");
        }
        return (int) TimeUnit.NANOSECONDS.toMillis(nanos) + 1;
    }

    @Override
    public void close() {
        Socket open = socket;
        socket = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

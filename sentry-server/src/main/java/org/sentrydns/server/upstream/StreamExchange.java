package org.sentrydns.server.upstream;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.UpstreamQuery;

/** Asks over one connection that is kept open and shared (RFC 7766, RFC 7858). Thread-safe. */
final class StreamExchange implements Exchange {
    private final Dialer dialer;
    private final QueryIds ids;
    private final ReentrantLock dialing = new ReentrantLock();
    private volatile @Nullable StreamConnection connection;

    StreamExchange(Dialer dialer, QueryIds ids) {
        this.dialer = dialer;
        this.ids = ids;
    }

    @Override
    public byte[] ask(UpstreamQuery query, long deadline, TargetHealth health)
            throws IOException, InterruptedException {
        StreamConnection open = connection;
        if (open != null && !open.isClosed()) {
            try {
                return ask(open, query, deadline, health);
            } catch (SocketTimeoutException e) {
                throw e;
            } catch (IOException e) {
                // An upstream may close a connection that was idle at any time: once more on a new one.
                return ask(connect(deadline), query, deadline, health);
            }
        }
        return ask(connect(deadline), query, deadline, health);
    }

    private static byte[] ask(StreamConnection open, UpstreamQuery query, long deadline, TargetHealth health)
            throws IOException, InterruptedException {
        byte[] reply = open.ask(query, deadline, health);
        if (reply == null) {
            throw new SocketTimeoutException("no reply");
        }
        if ((Header.flags(reply) & Header.TC) != 0) {
            throw new SocketTimeoutException("truncated where nothing needs to be");
        }
        return reply;
    }

    /** One leg connects, the others wait for it. */
    private StreamConnection connect(long deadline) throws IOException, InterruptedException {
        if (!dialing.tryLock(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            throw new SocketTimeoutException("no connection in time");
        }
        try {
            StreamConnection open = connection;
            if (open == null || open.isClosed()) {
                open = new StreamConnection(dialer.dial(deadline), ids);
                connection = open;
            }
            return open;
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw (InterruptedException) new InterruptedException().initCause(e);
            }
            throw e;
        } finally {
            dialing.unlock();
        }
    }

    @Override
    public void close() {
        StreamConnection open = connection;
        if (open != null) {
            open.close();
        }
    }
}

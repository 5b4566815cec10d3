package org.sentrydns.server.upstream;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.stats.NanoClock;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.UpstreamQuery;

/**
 * Asks over one connection that is kept open and shared (RFC 7766, RFC 7858). Thread-safe. A virtual thread of its own
 * connects, so that a cancelled leg does not take the connection from those that wait for it too. To an upstream that
 * closes after one reply every question goes over a connection of its own, of which there are not many at once.
 */
final class StreamExchange implements Exchange {
    private static final int ATTEMPTS = 5;
    private static final long DIAL_NANOS = 5_000_000_000L;
    private static final long UNSHARED_NANOS = 10_000_000_000L;
    private static final int MAX_ALONE = 256;

    private final Dialer dialer;
    private final QueryIds ids;
    private final LongSupplier nanoTime;
    private final long dialNanos;
    private final Semaphore alone = new Semaphore(MAX_ALONE);
    private final AtomicReference<@Nullable CompletableFuture<StreamConnection>> shared = new AtomicReference<>();
    private volatile long unsharedUntil = System.nanoTime();

    StreamExchange(Dialer dialer, QueryIds ids) {
        this(dialer, ids, NanoClock.SYSTEM, DIAL_NANOS);
    }

    StreamExchange(Dialer dialer, QueryIds ids, LongSupplier nanoTime, long dialNanos) {
        this.dialer = dialer;
        this.ids = ids;
        this.nanoTime = nanoTime;
        this.dialNanos = dialNanos;
    }

    @Override
    public byte[] ask(UpstreamQuery query, long deadline, TargetHealth health)
            throws IOException, InterruptedException {
        IOException last = new SocketTimeoutException("no reply");
        for (int attempt = 0; attempt < ATTEMPTS && deadline - System.nanoTime() > 0; attempt++) {
            try {
                return unsharedUntil - System.nanoTime() > 0
                        ? askAlone(query, deadline, health)
                        : askShared(query, deadline, health);
            } catch (SocketTimeoutException e) {
                throw e;
            } catch (ConnectionLostException e) {
                last = e;
            }
        }
        throw last;
    }

    private byte[] askShared(UpstreamQuery query, long deadline, TargetHealth health)
            throws IOException, InterruptedException {
        StreamConnection connection = await(connection(), deadline);
        try {
            return checked(connection.ask(query, deadline, health));
        } catch (ConnectionLostException e) {
            if (connection.repliedOnce() && connection.lostSeveral()) {
                unsharedUntil = System.nanoTime() + UNSHARED_NANOS;
            }
            throw e;
        }
    }

    private byte[] askAlone(UpstreamQuery query, long deadline, TargetHealth health)
            throws IOException, InterruptedException {
        // Under a policy that wants it, another upstream is asked meanwhile.
        if (!alone.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            throw new ShortageException("too many connections for one question each");
        }
        try {
            CompletableFuture<StreamConnection> dialled = dial(deadline);
            try {
                return askAlone(await(dialled, deadline), query, deadline, health);
            } finally {
                drop(dialled);
            }
        } finally {
            alone.release();
        }
    }

    private static byte[] askAlone(StreamConnection connection, UpstreamQuery query, long deadline, TargetHealth health)
            throws IOException, InterruptedException {
        try {
            return checked(connection.ask(query, deadline, health));
        } catch (InterruptedException e) {
            // With the connection goes the reply, and nobody learns whether it would have come.
            health.calledOff();
            throw e;
        }
    }

    private static byte[] checked(byte @Nullable [] reply) throws IOException {
        if (reply == null) {
            throw new SocketTimeoutException("no reply");
        }
        if ((Header.flags(reply) & Header.TC) != 0) {
            throw new IOException("truncated where nothing needs to be");
        }
        return reply;
    }

    /** The connection that all share, or the one that is just being made. */
    private CompletableFuture<StreamConnection> connection() {
        CompletableFuture<StreamConnection> current = shared.get();
        if (current != null && isUsable(current)) {
            return current;
        }
        CompletableFuture<StreamConnection> fresh = new CompletableFuture<>();
        if (!shared.compareAndSet(current, fresh)) {
            return connection();
        }
        dialInto(fresh, System.nanoTime() + dialNanos);
        return fresh;
    }

    private static boolean isUsable(CompletableFuture<StreamConnection> connection) {
        return !connection.isDone()
                || (!connection.isCompletedExceptionally() && !connection.join().isClosed());
    }

    private CompletableFuture<StreamConnection> dial(long deadline) {
        CompletableFuture<StreamConnection> connection = new CompletableFuture<>();
        dialInto(connection, deadline);
        return connection;
    }

    /** Whatever the dialer does, this ends in its time: the interrupt closes what was made by then. */
    private void dialInto(CompletableFuture<StreamConnection> connection, long deadline) {
        long nanos = deadline - System.nanoTime();
        CompletableFuture<StreamConnection> inTime = connection.orTimeout(nanos, TimeUnit.NANOSECONDS);
        Thread dialling = Thread.startVirtualThread(() -> {
            try {
                StreamConnection made = open(deadline);
                if (!connection.complete(made)) {
                    made.close();
                }
            } catch (Throwable e) {
                // An error too is told to those who wait, or they and all after them would wait for nothing.
                connection.completeExceptionally(e);
            }
        });
        inTime = inTime.whenComplete((made, failure) -> {
            if (failure != null) {
                dialling.interrupt();
            }
        });
        assert !inTime.isCancelled();
    }

    private StreamConnection open(long deadline) throws IOException {
        Link link = dialer.dial(deadline);
        try {
            return new StreamConnection(link, ids, nanoTime);
        } catch (Throwable e) {
            link.close();
            throw e;
        }
    }

    /** Closes it, also if it is still being made. */
    private static void drop(CompletableFuture<StreamConnection> connection) {
        if (!connection.cancel(true) && !connection.isCompletedExceptionally()) {
            connection.join().close();
        }
    }

    private static StreamConnection await(CompletableFuture<StreamConnection> connection, long deadline)
            throws IOException, InterruptedException {
        try {
            return connection.get(Timeouts.millisLeft(deadline), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw (IOException) new SocketTimeoutException("no connection in time").initCause(e);
        } catch (CancellationException e) {
            throw new IOException("the connection was closed", e);
        } catch (ExecutionException e) {
            throw new IOException(reason(e.getCause()), e);
        }
    }

    private static String reason(@Nullable Throwable cause) {
        if (cause instanceof TimeoutException) {
            return "no connection in time";
        }
        return cause instanceof IOException ? String.valueOf(cause.getMessage()) : String.valueOf(cause);
    }

    @Override
    public void close() {
        CompletableFuture<StreamConnection> current = shared.get();
        if (current != null) {
            drop(current);
        }
    }
}

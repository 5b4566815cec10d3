package org.sentrydns.server.upstream;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.wire.UpstreamQuery;

/**
 * A question that was sent and its reply to come. One thread waits; the thread that reads completes it. When nobody waits any
 * more it stays a while, since a late reply still says that the upstream lives.
 */
final class PendingReply {
    static final long NEVER = Long.MAX_VALUE;

    private final UpstreamQuery query;
    private final TargetHealth health;
    private final long askedAt;
    private final Thread waiter = Thread.currentThread();
    private volatile byte @Nullable [] reply;
    private volatile @Nullable IOException failure;
    private volatile long abandonedAt;
    private volatile boolean abandoned;
    private volatile long wakeAt = NEVER;

    PendingReply(UpstreamQuery query, TargetHealth health) {
        this.query = query;
        this.health = health;
        this.askedAt = health.asked();
    }

    /** Takes a message if it answers the question; anything else is ignored, since anybody could have sent it. */
    boolean offer(byte[] message) {
        if (reply != null || !query.isAnsweredBy(message)) {
            return false;
        }
        reply = message;
        health.replied(askedAt);
        LockSupport.unpark(waiter);
        return true;
    }

    void fail(IOException cause) {
        failure = cause;
        LockSupport.unpark(waiter);
    }

    void abandon() {
        wakeAt = NEVER;
        abandonedAt = System.nanoTime();
        abandoned = true;
    }

    /** Whether nobody has waited for it for that time. */
    boolean isForgotten(long nanos) {
        return abandoned && System.nanoTime() - abandonedAt > nanos;
    }

    /** Null if nothing came by the deadline. */
    byte @Nullable [] await(long deadline) throws IOException, InterruptedException {
        byte[] message = taken();
        for (long left = deadline - System.nanoTime();
                message == null && left > 0;
                left = deadline - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
            message = taken();
        }
        return message;
    }

    /** To be called before {@link #awaitWoken}. */
    void wakeAt(long deadline) {
        wakeAt = deadline;
    }

    /** The same for whoever is woken by {@link #wakeIfLate}: a timer of its own would cost more than all else. */
    byte @Nullable [] awaitWoken() throws IOException, InterruptedException {
        byte[] message = taken();
        while (message == null && wakeAt != NEVER) {
            LockSupport.park(this);
            message = taken();
        }
        return message;
    }

    /** Lets the waiting thread go on without a reply, if its time has come; the time if it has not, or {@link #NEVER}. */
    long wakeIfLate(long now) {
        long at = wakeAt;
        if (at != NEVER && now - at >= 0) {
            wakeAt = NEVER;
            LockSupport.unpark(waiter);
            return NEVER;
        }
        return at;
    }

    /** The reply, or null if there is none yet. */
    private byte @Nullable [] taken() throws IOException, InterruptedException {
        byte[] message = reply;
        if (message != null) {
            return message;
        }
        IOException cause = failure;
        if (cause != null) {
            throw cause;
        }
        if (Thread.interrupted()) {
            throw new Cancelled();
        }
        return null;
    }

    /** Every loser of a race that is won ends in one. Nobody asks where; to find out took 2 % of the race. */
    private static final class Cancelled extends InterruptedException {
        private static final long serialVersionUID = 1;

        @Override
        public Throwable fillInStackTrace() {
            return this;
        }
    }
}

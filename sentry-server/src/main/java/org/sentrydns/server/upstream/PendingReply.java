package org.sentrydns.server.upstream;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.wire.UpstreamQuery;

/** A question that was sent and its reply to come. One thread waits; the reader thread completes it. */
final class PendingReply {
    private final UpstreamQuery query;
    private final Thread waiter = Thread.currentThread();
    private volatile byte @Nullable [] reply;
    private volatile @Nullable IOException failure;

    PendingReply(UpstreamQuery query) {
        this.query = query;
    }

    /** Takes a message if it answers the question; anything else is ignored, since anybody could have sent it. */
    void offer(byte[] message) {
        if (query.isAnsweredBy(message)) {
            reply = message;
            LockSupport.unpark(waiter);
        }
    }

    void fail(IOException cause) {
        failure = cause;
        LockSupport.unpark(waiter);
    }

    /** Null if nothing came by the deadline. */
    byte @Nullable [] await(long deadline) throws IOException, InterruptedException {
        while (true) {
            byte[] message = reply;
            if (message != null) {
                return message;
            }
            IOException cause = failure;
            if (cause != null) {
                throw cause;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return null;
            }
            LockSupport.parkNanos(this, left);
        }
    }
}

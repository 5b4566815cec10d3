package org.sentrydns.server.listen;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The permits for queries in flight. Thread-safe. More queries are shed, not queued. */
final class Admission {
    private final int limit;
    private final Semaphore permits;
    private volatile boolean closed;

    Admission(int limit) {
        this.limit = limit;
        this.permits = new Semaphore(limit);
    }

    boolean tryEnter() {
        return !closed && permits.tryAcquire();
    }

    /** Waits for a permit: for who can make its client wait. */
    boolean enter() throws InterruptedException {
        permits.acquire();
        if (closed) {
            permits.release();
            return false;
        }
        return true;
    }

    void leave() {
        permits.release();
    }

    /** Lets nobody in any more and waits for those inside. */
    boolean close(Duration patience) throws InterruptedException {
        closed = true;
        boolean empty = permits.tryAcquire(limit, patience.toNanos(), TimeUnit.NANOSECONDS);
        if (empty) {
            permits.release(limit);
        }
        return empty;
    }
}

package org.sentrydns.server.listen;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** The permits for queries in flight. Thread-safe. More queries are shed, not queued. */
final class Admission {
    private final int limit;
    private final Semaphore permits;
    private final AtomicInteger sending = new AtomicInteger();
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

    /** The query is done, its reply is still to be sent: {@link #sent} says when it was. */
    void leaveToSend() {
        sending.incrementAndGet();
        permits.release();
    }

    void sent() {
        sending.decrementAndGet();
    }

    /** Lets nobody in any more and waits for those inside. */
    boolean close(Duration patience) throws InterruptedException {
        closed = true;
        long end = System.nanoTime() + patience.toNanos();
        boolean empty = permits.tryAcquire(limit, patience.toNanos(), TimeUnit.NANOSECONDS);
        if (empty) {
            permits.release(limit);
        }
        while (sending.get() > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
        return empty && sending.get() == 0;
    }
}

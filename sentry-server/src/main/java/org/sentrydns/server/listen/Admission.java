package org.sentrydns.server.listen;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.sentrydns.server.wire.Header;

/** The permits for queries in flight. Thread-safe. More queries are shed, not queued. */
final class Admission {
    private static final long MOST = 64L << 20;
    /** Messages up to so many bytes are little beside the rest that a permit stands for. */
    private static final int SMALL = 1024;

    private static final int UNIT = 1024;
    /** At least one of any length has room. */
    private static final int LARGEST = Math.ceilDiv(Header.MAX_MESSAGE, UNIT);

    private final int limit;
    private final Semaphore permits;
    private final AtomicInteger sending = new AtomicInteger();
    /** Bytes of replies that wait for clients to read; they are in the heap. */
    private final AtomicLong unsent = new AtomicLong();

    /** What larger messages may take of the heap until they are answered, in units. */
    private final Semaphore room;

    private final long mostUnsent;
    private volatile boolean closed;

    Admission(int limit) {
        this(limit, Math.min(MOST, Runtime.getRuntime().maxMemory() / 8));
    }

    /** @param most bytes that large messages in flight may have, and that unsent replies may have */
    Admission(int limit, long most) {
        this.limit = limit;
        this.mostUnsent = most;
        this.room = new Semaphore((int) Math.max(LARGEST, most / UNIT));
        this.permits = new Semaphore(limit);
    }

    /** @param bytes the message's length, to be given back by {@link #leaveRoom} */
    boolean tryEnter(int bytes) {
        if (closed || (bytes > SMALL && !room.tryAcquire(units(bytes)))) {
            return false;
        }
        boolean entered = permits.tryAcquire();
        if (!entered) {
            leaveRoom(bytes);
        }
        return entered;
    }

    /** Waits until there is memory for a message of that length. */
    void awaitRoom(int bytes) throws InterruptedException {
        if (bytes > SMALL) {
            room.acquire(units(bytes));
        }
    }

    /** The message is in nobody's hands any more. */
    void leaveRoom(int bytes) {
        if (bytes > SMALL) {
            room.release(units(bytes));
        }
    }

    private static int units(int bytes) {
        return Math.ceilDiv(bytes, UNIT);
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

    /**
     * The query is done, its reply is still to be sent: {@link #sent} says when it was.
     *
     * @param bytes the reply's length
     * @return whether all replies that are to be sent are more than there may be
     */
    boolean leaveToSend(int bytes) {
        sending.incrementAndGet();
        permits.release();
        return unsent.addAndGet(bytes) > mostUnsent;
    }

    /** @param bytes what still counted of the reply */
    void sent(int bytes) {
        unsent.addAndGet(-bytes);
        sending.decrementAndGet();
    }

    /** These bytes will not be sent. */
    void writeOff(int bytes) {
        unsent.addAndGet(-bytes);
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

package org.sentrydns.server.upstream;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Whether an upstream says nothing at all any more. Thread-safe. A question without a reply says little, since its name
 * may be dead; several of them, and nothing heard since, say that the connection is.
 */
final class Silence {
    static final long NANOS = 2_000_000_000L;
    private static final int SEVERAL = 3;

    private final LongSupplier nanoTime;
    private final AtomicInteger unanswered = new AtomicInteger();
    private volatile long severalSince;

    Silence(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    void asked() {
        if (unanswered.get() < SEVERAL) {
            severalSince = nanoTime.getAsLong();
        }
        unanswered.incrementAndGet();
    }

    void heard() {
        unanswered.set(0);
    }

    /** For whoever has just waited in vain: on a quiet connection old questions alone say nothing. */
    boolean isLong() {
        return unanswered.get() >= SEVERAL && nanoTime.getAsLong() - severalSince >= NANOS;
    }
}

package org.sentrydns.server.cache;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.sentrydns.server.wire.Ttls;

/** A reply and when it was true. Thread-safe. */
final class CachedReply {
    private static final long SECOND = 1_000_000_000L;
    private static final long STALE_TTL = 30;
    private static final int PREFETCH_SHARE = 10;
    private static final int POPULAR = 3;

    private final byte[] message;
    private final Ttls ttls;
    private final long storedAt;
    private final long lifetime;
    private final LongAdder hits = new LongAdder();
    private final AtomicBoolean prefetched = new AtomicBoolean();

    /**
     * Keeps a reply.
     *
     * @param seconds how long it is true
     * @param now in nanoseconds
     */
    CachedReply(byte[] message, Ttls ttls, long seconds, long now) {
        this.message = message;
        this.ttls = ttls;
        this.storedAt = now;
        this.lifetime = seconds * SECOND;
    }

    boolean isFresh(long now) {
        return now - storedAt < lifetime;
    }

    /** A copy with its TTLs as old as the reply is. */
    byte[] fresh(long now) {
        hits.increment();
        return ttls.aged(message, (now - storedAt) / SECOND);
    }

    /** A copy for the time when nobody can say better (RFC 8767 section 4). */
    byte[] stale() {
        return ttls.clamped(message, STALE_TTL, STALE_TTL);
    }

    /** Whether it is popular and ends soon; true once. */
    boolean wantsPrefetch(long now) {
        return now - storedAt > lifetime - lifetime / PREFETCH_SHARE
                && hits.sum() >= POPULAR
                && prefetched.compareAndSet(false, true);
    }

    long lifetimeNanos() {
        return lifetime;
    }

    int bytes() {
        return 120 + message.length + 4 * ttls.offsets().length;
    }
}

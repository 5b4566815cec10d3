package org.sentrydns.server.cache;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.Ttls;

/**
 * A reply and when it was true. Thread-safe. There may be very many, so that each consists of two objects only: whatever
 * lives for a moment and dies is moved about by the collector.
 */
final class CachedReply {
    private static final long SECOND = 1_000_000_000L;
    private static final long STALE_TTL = 30;
    private static final int PREFETCH_SHARE = 10;
    private static final int POPULAR = 3;
    private static final int PREFETCHED = -1;
    private static final int OFFSET = 2;
    private static final AtomicIntegerFieldUpdater<CachedReply> HITS =
            AtomicIntegerFieldUpdater.newUpdater(CachedReply.class, "hits");

    /** The message, and behind it where each of its TTLs stands. */
    private final byte[] kept;

    private final int length;
    private final long storedAt;
    private final long lifetime;
    /** Up to {@link #POPULAR}, then {@link #PREFETCHED}. */
    private volatile int hits;

    /**
     * Keeps a reply.
     *
     * @param seconds how long it is true
     * @param now in nanoseconds
     */
    CachedReply(byte[] message, Ttls ttls, long seconds, long now) {
        this.length = message.length;
        this.kept = Arrays.copyOf(message, length + ttls.offsets().length * OFFSET);
        int at = length;
        for (int offset : ttls.offsets()) {
            Header.put16(kept, at, offset);
            at += OFFSET;
        }
        this.storedAt = now;
        this.lifetime = seconds * SECOND;
    }

    boolean isFresh(long now) {
        return now - storedAt < lifetime;
    }

    /** A copy with its TTLs as old as the reply is. */
    byte[] fresh(long now) {
        int seen = hits;
        if (seen >= 0 && seen < POPULAR) {
            // One that is lost to another thread does not matter.
            HITS.compareAndSet(this, seen, seen + 1);
        }
        long age = (now - storedAt) / SECOND;
        byte[] copy = Arrays.copyOf(kept, length);
        for (int at = length; at < kept.length; at += OFFSET) {
            Ttls.age(copy, Header.u16(kept, at), age);
        }
        return copy;
    }

    /** A copy for the time when nobody can say better (RFC 8767 section 4). */
    byte[] stale() {
        byte[] copy = Arrays.copyOf(kept, length);
        for (int at = length; at < kept.length; at += OFFSET) {
            Ttls.clamp(copy, Header.u16(kept, at), STALE_TTL, STALE_TTL);
        }
        return copy;
    }

    /** Whether it is popular and ends soon; true once. */
    boolean wantsPrefetch(long now) {
        return now - storedAt > lifetime - lifetime / PREFETCH_SHARE
                && hits == POPULAR
                && HITS.compareAndSet(this, POPULAR, PREFETCHED);
    }

    long lifetimeNanos() {
        return lifetime;
    }

    /** What it takes in memory, with its place in a cache, about. */
    int bytes() {
        return 120 + kept.length;
    }
}

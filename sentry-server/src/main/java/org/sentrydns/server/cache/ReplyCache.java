package org.sentrydns.server.cache;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.config.CacheSettings;
import org.sentrydns.server.wire.MessageShape;
import org.sentrydns.server.wire.Ttls;

/**
 * Replies by question and upstream group. Thread-safe. Bounded by entries and by bytes. Looking up and storing do no I/O.
 */
final class ReplyCache {
    private static final long SECOND = 1_000_000_000L;
    private static final long MAX_NEGATIVE = 10_800;
    /** More would not make it faster, but each has arrays that are not full. */
    private static final int MOST_SEGMENTS = 8;

    private static final int ENTRIES_A_SEGMENT = 1_000;
    private static final int MOST_ENTRIES_A_SEGMENT = 1_000_000;
    private static final long BYTES_A_SEGMENT = 1 << 20;

    private final CacheSettings settings;
    private final LongSupplier nanoTime;
    private final ReplySegment[] segments;

    ReplyCache(CacheSettings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.nanoTime = nanoTime;
        segments = new ReplySegment[segments(settings)];
        for (int i = 0; i < segments.length; i++) {
            segments[i] = new ReplySegment(
                    settings.entries() / segments.length,
                    settings.bytes() / segments.length,
                    settings.stale() * SECOND);
        }
    }

    /** A power of 2. */
    private static int segments(CacheSettings settings) {
        long useful = Math.min(settings.entries() / ENTRIES_A_SEGMENT, settings.bytes() / BYTES_A_SEGMENT);
        int needed = Math.max(1, Math.ceilDiv(settings.entries(), MOST_ENTRIES_A_SEGMENT));
        return Math.max(
                Integer.highestOneBit(Math.clamp(useful, 1, MOST_SEGMENTS)), Integer.highestOneBit(2 * needed - 1));
    }

    private ReplySegment segment(CacheKey key) {
        return segments[(int) (key.print() >>> 32) & (segments.length - 1)];
    }

    @Nullable
    CachedReply find(CacheKey key) {
        return segment(key).find(key, nanoTime.getAsLong());
    }

    /**
     * Keeps a successful reply for its TTL, and what must not be kept not at all.
     *
     * @return the reply with its TTLs within the bounds
     */
    byte[] store(CacheKey key, byte[] message) {
        MessageShape shape = MessageShape.of(message, message.length);
        if (shape == null) {
            return message;
        }
        Ttls ttls = Ttls.of(message, shape);
        long max = ttls.negative() ? Math.min(MAX_NEGATIVE, settings.maxTtl()) : settings.maxTtl();
        if (ttls.seconds() == 0 || !AnswerChain.isWhole(message, shape)) {
            // What was kept is no longer what the upstream says, and must not come back as a stale answer.
            segment(key).remove(key);
            return ttls.clamped(message, 0, max);
        }
        long min = Math.min(settings.minTtl(), max);
        long seconds = Math.clamp(ttls.seconds(), min, max);
        // A negative answer's SOA ends with the answer (RFC 2308 section 5).
        byte[] kept = ttls.clamped(message, min, ttls.negative() ? seconds : max);
        segment(key).store(key, kept, ttls, seconds, nanoTime.getAsLong());
        return kept;
    }

    /** How many are kept; those whose time is over are among them until somebody needs their place or asks for them. */
    long entries() {
        long entries = 0;
        for (ReplySegment segment : segments) {
            entries += segment.size();
        }
        return entries;
    }
}

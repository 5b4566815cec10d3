package org.sentrydns.server.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.config.CacheSettings;
import org.sentrydns.server.wire.MessageShape;
import org.sentrydns.server.wire.Ttls;

/**
 * Replies by question and upstream group. Thread-safe. Bounded by entries and by bytes: every entry weighs what it takes,
 * and at least an equal share of all bytes. Looking up and storing do no I/O.
 */
final class ReplyCache {
    private static final long SECOND = 1_000_000_000L;
    private static final long MAX_NEGATIVE = 10_800;

    private final CacheSettings settings;
    private final LongSupplier nanoTime;
    private final Cache<CacheKey, CachedReply> replies;

    ReplyCache(CacheSettings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.nanoTime = nanoTime;
        int share = (int) Math.max(1, Math.ceilDiv(settings.bytes(), (long) settings.entries()));
        replies = Caffeine.newBuilder()
                .maximumWeight(settings.bytes())
                .weigher((CacheKey key, CachedReply reply) -> Math.max(share, key.bytes() + reply.bytes()))
                .expireAfter(Expiry.writing((CacheKey key, CachedReply reply) ->
                        Duration.ofNanos(reply.lifetimeNanos() + settings.stale() * SECOND)))
                .ticker((Ticker) nanoTime::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    @Nullable
    CachedReply find(CacheKey key) {
        return replies.getIfPresent(key);
    }

    long now() {
        return nanoTime.getAsLong();
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
            return ttls.clamped(message, 0, max);
        }
        long min = Math.min(settings.minTtl(), max);
        long seconds = Math.clamp(ttls.seconds(), min, max);
        // A negative answer's SOA ends with the answer (RFC 2308 section 5).
        byte[] kept = ttls.clamped(message, min, ttls.negative() ? seconds : max);
        replies.put(key, new CachedReply(kept, ttls, seconds, now()));
        return kept;
    }

    long entries() {
        replies.cleanUp();
        return replies.estimatedSize();
    }
}

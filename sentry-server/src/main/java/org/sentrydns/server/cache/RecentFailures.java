package org.sentrydns.server.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.upstream.UpstreamReply;

/** Questions that upstreams failed on a moment ago: not asked again at once (RFC 9520 section 3.2). Thread-safe. */
final class RecentFailures {
    private static final Duration MEMORY = Duration.ofSeconds(1);
    private static final int CAPACITY = 10_000;

    private final Cache<CacheKey, UpstreamReply> failures;

    RecentFailures(LongSupplier nanoTime) {
        failures = Caffeine.newBuilder()
                .maximumSize(CAPACITY)
                .expireAfterWrite(MEMORY)
                .ticker((Ticker) nanoTime::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    void add(CacheKey key, UpstreamReply failure) {
        failures.put(key, failure);
    }

    @Nullable
    UpstreamReply recent(CacheKey key) {
        return failures.getIfPresent(key);
    }
}

package org.sentrydns.server.stats;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * How often each key was seen, for those that are seen most. Thread-safe. Bounded: when more come than fit, those that are
 * seen rarely are forgotten, so a stream of random names does not push out the popular ones.
 */
public final class MostSeen<K> {
    private final int capacity;
    private final Cache<K, LongAdder> counts;
    /** Once all places are taken. */
    private volatile @Nullable Newcomers newcomers;

    public MostSeen(int capacity) {
        this.capacity = capacity;
        counts = Caffeine.newBuilder()
                .maximumSize(capacity)
                .executor(Runnable::run)
                .build();
    }

    public void add(K key) {
        LongAdder known = counts.getIfPresent(key);
        if (known != null) {
            known.increment();
        } else {
            meet(key);
        }
    }

    private void meet(K key) {
        Newcomers door = newcomers;
        int seen = door == null ? 1 : door.seen(key);
        if (door != null && seen == 1) {
            return;
        }
        counts.get(key, n -> new LongAdder()).add(seen);
        if (door == null && counts.estimatedSize() >= capacity) {
            newcomers = new Newcomers(capacity);
        }
    }

    /** The most seen, most first; at the same count in reverse order of how they are written. */
    public List<Map.Entry<K, Long>> top(int limit) {
        return counts.asMap().entrySet().stream()
                .map(e -> Map.entry(e.getKey(), e.getValue().sum()))
                .sorted(Map.Entry.<K, Long>comparingByValue()
                        .thenComparing(e -> e.getKey().toString())
                        .reversed())
                .limit(limit)
                .toList();
    }

    long size() {
        counts.cleanUp();
        return counts.estimatedSize();
    }
}

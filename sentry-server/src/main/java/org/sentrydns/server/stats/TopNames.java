package org.sentrydns.server.stats;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * How often each name was asked for, for the names that are asked most. Thread-safe. Bounded: when more names come than
 * fit, those that are asked rarely are forgotten, so a stream of random names does not push out the popular ones.
 */
final class TopNames {
    private static final int CAPACITY = 10_000;

    private final Cache<String, LongAdder> counts =
            Caffeine.newBuilder().maximumSize(CAPACITY).executor(Runnable::run).build();

    void add(String name) {
        counts.get(name, n -> new LongAdder()).increment();
    }

    /** The most asked names, most first; at the same count in reverse order of the name. */
    List<Map.Entry<String, Long>> top(int limit) {
        return counts.asMap().entrySet().stream()
                .map(e -> Map.entry(e.getKey(), e.getValue().sum()))
                .sorted(Map.Entry.<String, Long>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey())
                        .reversed())
                .limit(limit)
                .toList();
    }

    long size() {
        counts.cleanUp();
        return counts.estimatedSize();
    }
}

package org.sentrydns.server.cache;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.sentrydns.api.Upstream;

/** Numbers for groups of upstreams: the same number always means the same group. Thread-safe. */
final class UpstreamGroups {
    /** A plugin may make up groups without end; the oldest are forgotten with all others, and get new numbers. */
    private static final int MOST = 10_000;

    private final ConcurrentMap<List<Upstream>, Integer> numbers = new ConcurrentHashMap<>();
    private final AtomicInteger given = new AtomicInteger();

    int number(List<Upstream> group) {
        Integer known = numbers.get(group);
        if (known != null) {
            return known;
        }
        if (numbers.size() >= MOST) {
            numbers.clear();
        }
        return numbers.computeIfAbsent(List.copyOf(group), unknown -> given.getAndIncrement());
    }
}

package org.sentrydns.server.admin;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.sentrydns.server.stats.Latency;

/** The last ten minutes, a sample a second. Thread-safe; queries never come near its lock. */
final class History implements AutoCloseable {
    private static final int SAMPLES = 600;

    private final Insight insight;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("sentry-history").factory());
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Sample> samples = new ArrayDeque<>();
    private Totals last;

    History(Insight insight) {
        this.insight = insight;
        this.last = totals();
    }

    /** A second: what came in it, and milliseconds. */
    record Sample(long at, long queries, long blocked, double p50, double p99) {}

    private record Totals(long queries, long blocked, Latency.Snapshot latency) {}

    void start() {
        var unused = clock.scheduleAtFixedRate(this::sample, 1, 1, TimeUnit.SECONDS);
        assert !unused.isCancelled();
    }

    private Totals totals() {
        long blocked = insight.observation().blockedQueries();
        Latency.Snapshot latency = insight.observation().figures().latency().snapshot();
        return new Totals(latency.count(), blocked, latency);
    }

    void sample() {
        Totals now = totals();
        lock.lock();
        try {
            Latency.Snapshot since = now.latency.since(last.latency);
            samples.addLast(new Sample(
                    System.currentTimeMillis() / 1000,
                    now.queries - last.queries,
                    now.blocked - last.blocked,
                    since.percentileMillis(0.5),
                    since.percentileMillis(0.99)));
            if (samples.size() > SAMPLES) {
                samples.removeFirst();
            }
            last = now;
        } finally {
            lock.unlock();
        }
    }

    /** The samples, a column each. */
    Map<String, Object> tree() {
        List<Sample> copy;
        lock.lock();
        try {
            copy = new ArrayList<>(samples);
        } finally {
            lock.unlock();
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("time", copy.stream().map(Sample::at).toList());
        tree.put("queries", copy.stream().map(Sample::queries).toList());
        tree.put("blocked", copy.stream().map(Sample::blocked).toList());
        tree.put("p50_ms", copy.stream().map(s -> StatisticsApi.round(s.p50())).toList());
        tree.put("p99_ms", copy.stream().map(s -> StatisticsApi.round(s.p99())).toList());
        return tree;
    }

    /** Queries in the last second. */
    long rate() {
        lock.lock();
        try {
            return samples.isEmpty() ? 0 : samples.getLast().queries();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}

package org.sentrydns.server.stats;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.stats.TextTable.Row;

/** All counters of a running server. Thread-safe. */
public final class Statistics {
    private static final int SHOWN_NAMES = 100;
    private static final int KEPT_NAMES = 10_000;

    private final LongSupplier nanoTime;
    private final long started;
    private final LongAdder packetsReceived = new LongAdder();
    private final LongAdder bytesReceived = new LongAdder();
    private final LongAdder packetsSent = new LongAdder();
    private final LongAdder bytesSent = new LongAdder();
    private final LongAdder shed = new LongAdder();
    private volatile boolean refused;
    private final LongAdder rejected = new LongAdder();
    private final LongAdder requests = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Spread active = new Spread();
    private final Spread responseNanos = new Spread();
    private final ConcurrentMap<String, LongAdder> verbs = new ConcurrentHashMap<>();
    private final ConcurrentMap<PluginCounter, LongAdder> plugins = new ConcurrentHashMap<>();

    /** The name of a counter of a plugin's own. */
    public record PluginCounter(String plugin, String name) {
        // Java would put these together when they are first called, in the middle of a start.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof PluginCounter counter && plugin.equals(counter.plugin) && name.equals(counter.name);
        }

        @Override
        public int hashCode() {
            return 31 * plugin.hashCode() + name.hashCode();
        }
    }

    private final MostSeen<String> names = new MostSeen<>(KEPT_NAMES, Fingerprint::of);

    /** @param nanoTime a clock such as {@link System#nanoTime} */
    public Statistics(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.started = nanoTime.getAsLong();
    }

    public void received(int bytes) {
        packetsReceived.increment();
        bytesReceived.add(bytes);
    }

    public void sent(int bytes) {
        packetsSent.increment();
        bytesSent.add(bytes);
    }

    /** A query was not taken on, since too many are in flight. */
    public void shed() {
        shed.increment();
    }

    /** A message was answered for what it is, before any rule: FORMERR, NOTIMP, BADVERS. */
    public void rejected() {
        rejected.increment();
    }

    /** A query starts; the result goes back to {@link #finished}. */
    public long started() {
        requests.increment();
        active.add(inFlight.incrementAndGet());
        return nanoTime.getAsLong();
    }

    /**
     * A query has ended, with a reply or without.
     *
     * @return how many nanoseconds it took
     */
    public long finished(long startedAt, boolean answered) {
        inFlight.decrementAndGet();
        long took = nanoTime.getAsLong() - startedAt;
        if (answered) {
            responseNanos.add(took);
        }
        return took;
    }

    /** A query that no rule decided, or that could not be carried out. */
    public void failed() {
        failed.increment();
    }

    /** The configuration was read again, and taken or refused. */
    public void reloaded(boolean taken) {
        refused = !taken;
    }

    /** Whether what runs is older than the last configuration that was read, which was refused. */
    public boolean isReloadRefused() {
        return refused;
    }

    /** A query was answered under this name. */
    public void answered(String name) {
        names.add(name.toLowerCase(Locale.ROOT));
    }

    /** What went through the sockets and was not taken on, by name. */
    public Map<String, Long> traffic() {
        return Map.of(
                "bytes_received", bytesReceived.sum(),
                "bytes_sent", bytesSent.sum(),
                "packets_received", packetsReceived.sum(),
                "packets_sent", packetsSent.sum(),
                "queries_rejected", rejected.sum(),
                "queries_shed", shed.sum());
    }

    /** Queries that were taken on so far. */
    public long requests() {
        return requests.sum();
    }

    /** Queries that are being worked on. */
    public int pending() {
        return inFlight.get();
    }

    /** Seconds since the start. */
    public double uptimeSeconds() {
        return (nanoTime.getAsLong() - started) / 1e9;
    }

    /** The counter of a verb's rules. */
    public LongAdder verb(String verb) {
        return verbs.computeIfAbsent(verb, v -> new LongAdder());
    }

    /** A counter of a plugin's own. */
    public LongAdder plugin(String id, String name) {
        return plugins.computeIfAbsent(new PluginCounter(id, name), n -> new LongAdder());
    }

    /** The counters of the plugins' own. */
    public Map<PluginCounter, LongAdder> plugins() {
        return Collections.unmodifiableMap(plugins);
    }

    /**
     * The table of metrics; a metric appears once it has been touched.
     *
     * @param others metrics that are counted elsewhere
     */
    public String systemTable(Map<String, Number> others) {
        List<Row> rows = new ArrayList<>();
        others.forEach((name, value) -> {
            if (value.doubleValue() > 0) {
                rows.add(new Row(name, value instanceof Double d ? decimal(d) : value.toString()));
            }
        });
        active.rows("net.active_threads", 1, rows);
        count("net.bytes_received", bytesReceived, rows);
        count("net.bytes_sent", bytesSent, rows);
        count("net.packets_received", packetsReceived, rows);
        count("net.packets_sent", packetsSent, rows);
        count("net.queries_rejected", rejected, rows);
        count("net.queries_shed", shed, rows);
        count("requests_failed", failed, rows);
        if (requests.sum() > 0) {
            rows.add(new Row("requests_pending", String.valueOf(inFlight.get())));
        }
        count("requests_total", requests, rows);
        responseNanos.rows("response_time_msec", 1e6, rows);
        rows.add(new Row("uptime", decimal((nanoTime.getAsLong() - started) / 1e9)));
        verbs.forEach((verb, hits) -> count("rules." + verb, hits, rows));
        plugins.forEach((key, value) -> count("plugin." + key.plugin() + "." + key.name(), value, rows));
        rows.sort(Comparator.comparing(Row::left));
        return TextTable.draw(new Row("metric", "value"), rows);
    }

    /** The names that are asked most, most first. */
    public List<Map.Entry<String, Long>> topNames(int limit) {
        return names.top(limit);
    }

    /** The table of the names that are asked most. */
    public String domainTable() {
        List<Row> rows = names.top(SHOWN_NAMES).stream()
                .map(e -> new Row(e.getKey(), String.valueOf(e.getValue())))
                .toList();
        return TextTable.draw(new Row("domain", "queries"), rows);
    }

    private static void count(String name, LongAdder adder, List<Row> rows) {
        long sum = adder.sum();
        if (sum > 0) {
            rows.add(new Row(name, String.valueOf(sum)));
        }
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.6f", value);
    }

    private static String extreme(long value, double unit) {
        return unit == 1 ? String.valueOf(value) : decimal(value / unit);
    }

    /** Average, most and least of a quantity. Thread-safe. */
    private static final class Spread {
        private final LongAdder count = new LongAdder();
        private final LongAdder sum = new LongAdder();
        private final LongAccumulator max = new LongAccumulator(Math::max, Long.MIN_VALUE);
        private final LongAccumulator min = new LongAccumulator(Math::min, Long.MAX_VALUE);

        void add(long value) {
            sum.add(value);
            max.accumulate(value);
            min.accumulate(value);
            count.increment();
        }

        void rows(String name, double unit, List<Row> rows) {
            long n = count.sum();
            if (n > 0) {
                rows.add(new Row(name + "_avg", decimal(sum.sum() / (n * unit))));
                rows.add(new Row(name + "_max", extreme(max.get(), unit)));
                rows.add(new Row(name + "_min", extreme(min.get(), unit)));
            }
        }
    }
}

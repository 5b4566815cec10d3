package org.sentrydns.server.benchmark;

import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a benchmark found. Immutable. {@code sent = successful + failed}, and {@code failed} holds the lost queries,
 * the errors and the replies without an answer record.
 *
 * @param sent queries sent
 * @param successful replies with at least one answer record
 * @param lost queries without a reply in time
 * @param errors queries that the network refused: port unreachable, connection refused or closed
 * @param rcodes replies by the name of their rcode
 * @param latency of all replies; empty when there was none
 * @param elapsed from the first query to the end of the last one
 * @param busy from the first query to the last reply, or the last query if that is later
 * @param uptime of the whole run, with reading the names
 * @param firstError the message of the first of the errors
 */
public record BenchmarkResult(
        long sent,
        long successful,
        long lost,
        long errors,
        SortedMap<String, Long> rcodes,
        Optional<Latency> latency,
        Duration elapsed,
        Duration busy,
        Duration uptime,
        Optional<String> firstError) {

    /** Response times in milliseconds. Immutable. */
    public record Latency(double min, double avg, double p50, double p90, double p99, double p999, double max) {}

    public BenchmarkResult {
        rcodes = Collections.unmodifiableSortedMap(new TreeMap<>(rcodes));
    }

    public long failed() {
        return sent - successful;
    }

    public long answered() {
        return sent - lost - errors;
    }

    /** Replies a second, good or bad; queries without a reply do not count, nor the waiting for one in the end. */
    public double queriesPerSecond() {
        return busy.isZero() ? 0 : answered() / seconds(busy);
    }

    /** The table, in the order to print it; a row of errors only when there were some. */
    public SortedMap<String, String> rows() {
        SortedMap<String, String> rows = new TreeMap<>();
        rows.put("elapsed_time_seconds", decimals(seconds(elapsed)));
        rows.put("uptime", decimals(seconds(uptime)));
        rows.put("queries_sent", Long.toString(sent));
        rows.put("queries_successful", Long.toString(successful));
        rows.put("queries_failed", Long.toString(failed()));
        rows.put("queries_lost", Long.toString(lost));
        rows.put("queries_per_second", String.format(Locale.ROOT, "%.1f", queriesPerSecond()));
        if (errors > 0) {
            rows.put("queries_errors", Long.toString(errors));
        }
        rcodes.forEach((rcode, count) -> rows.put("rcode." + rcode, Long.toString(count)));
        String prefix = "response_time_msec_";
        rows.put(prefix + "min", latency.map(l -> decimals(l.min())).orElse("-"));
        rows.put(prefix + "avg", latency.map(l -> decimals(l.avg())).orElse("-"));
        rows.put(prefix + "p50", latency.map(l -> decimals(l.p50())).orElse("-"));
        rows.put(prefix + "p90", latency.map(l -> decimals(l.p90())).orElse("-"));
        rows.put(prefix + "p99", latency.map(l -> decimals(l.p99())).orElse("-"));
        rows.put(prefix + "p999", latency.map(l -> decimals(l.p999())).orElse("-"));
        rows.put(prefix + "max", latency.map(l -> decimals(l.max())).orElse("-"));
        return rows;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static String decimals(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}

package org.sentrydns.server.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class BenchmarkResultTest {

    private static final BenchmarkResult.Latency LATENCY =
            new BenchmarkResult.Latency(0.0406, 0.5, 0.4, 1, 2, 3.25, 1007.1771);

    @Test
    void rows_haveTheOriginalsNamesInOrder() {
        BenchmarkResult result = new BenchmarkResult(
                100,
                74,
                6,
                0,
                new TreeMap<>(Map.of("NOERROR", 80L, "NXDOMAIN", 14L)),
                Optional.of(LATENCY),
                Duration.ofMillis(2500),
                Duration.ofMillis(2000),
                Duration.ofMillis(2578),
                Optional.empty());

        assertEquals(
                List.of(
                        "elapsed_time_seconds=2.500",
                        "queries_failed=26",
                        "queries_lost=6",
                        "queries_per_second=47.0",
                        "queries_sent=100",
                        "queries_successful=74",
                        "rcode.NOERROR=80",
                        "rcode.NXDOMAIN=14",
                        "response_time_msec_avg=0.500",
                        "response_time_msec_max=1007.177",
                        "response_time_msec_min=0.041",
                        "response_time_msec_p50=0.400",
                        "response_time_msec_p90=1.000",
                        "response_time_msec_p99=2.000",
                        "response_time_msec_p999=3.250",
                        "uptime=2.578"),
                result.rows().entrySet().stream().map(Map.Entry::toString).toList());
    }

    @Test
    void rows_withErrors_haveARowForThem() {
        BenchmarkResult result = new BenchmarkResult(
                1,
                0,
                0,
                1,
                new TreeMap<>(),
                Optional.empty(),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Optional.of("port unreachable"));

        assertEquals("1", result.rows().get("queries_errors"));
        assertEquals("0.0", result.rows().get("queries_per_second"));
        assertFalse(result.rows().containsKey("rcode.NOERROR"));
    }

    @Test
    void progressBar_atAnyMoment_fits79Columns() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            ProgressBar bar = new ProgressBar(out, Duration.ofSeconds(10));
            bar.progress(0, 0, 100, Duration.ZERO);
            bar.progress(50, 25, 100, Duration.ofSeconds(1));
            bar.progress(Long.MAX_VALUE, Long.MAX_VALUE, 0, Duration.ofSeconds(20));
            bar.clear();
        }
        List<String> lines = List.of(bytes.toString(StandardCharsets.UTF_8).split("\r", -1));

        assertTrue(lines.get(1).startsWith("[................................]   0% 0 queries, 0/s"), lines::toString);
        assertTrue(
                lines.get(2).startsWith("[########........................]  25% 25 queries, 25/s"), lines::toString);
        assertTrue(lines.stream().allMatch(line -> line.length() <= 79), lines::toString);
    }
}

package org.sentrydns.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cache keeps within its bounds, and a hit is cheaper than asking. */
final class CacheIT {
    private static final int NAMES = 1_000_000;
    private static final int PARTS = 10;

    /** Of one part; ten of them are two minutes at most. */
    private static final String SECONDS = "12";

    private static final long ENTRIES = 20_000;
    private static final long HEAP_KIB = 40 * 1024;
    private static final int AS_FAST_AS_IT_GOES = 1_000_000;
    private static final int ROUNDS = 4;
    private static final int POPULAR = 1_000;

    /** A query that asks for a popular name is always answered from a cache that has them all. */
    private static final int QUERIES_A_ROUND = 25_000;

    private static final Pattern KEPT = Pattern.compile("\\| cache\\.entries +\\| ([0-9]+)");

    @TempDir
    static Path folder;

    private static Nsd nsd;

    @BeforeAll
    static void start() throws IOException {
        nsd = Nsd.start(folder, "*. IN A 192.0.2.1\n");
    }

    @AfterAll
    static void stop() {
        nsd.close();
    }

    private static String config(String cache) {
        return RunningSentry.config("resolve ^ using " + nsd.upstream())
                .replace("\"rules\"", "\"cache\": " + cache + ",\n  \"rules\"");
    }

    @Test
    void millionNames_inASmallCache_stayWithinItsBounds() throws Exception {
        long sent = 0;
        double seconds = 0;
        try (RunningSentry sentry = RunningSentry.startWith(
                "-Xmx128m", folder, config("{ \"entries\": " + ENTRIES + ", \"megabytes\": 8 }"))) {
            for (int part = 0; part < PARTS; part++) {
                Path names = distinct(part * (NAMES / PARTS), NAMES / PARTS);
                Dnsperf ran = Dnsperf.run(sentry.port(), names, AS_FAST_AS_IT_GOES, "-n", "1", "-l", SECONDS);
                Files.delete(names);
                assertAllSucceeded(ran);
                sent += ran.sent();
                seconds += ran.completed() / ran.rate();
            }

            long heap = ProcessFigures.heapAfterCollection(sentry.pid());
            long kept = entriesKept(sentry);
            System.out.printf(
                    "%d names, %.0f a second: %d entries kept, %d KiB of heap%n", sent, sent / seconds, kept, heap);
            assertTrue(sentry.isAlive());
            assertTrue(kept > 0 && kept <= ENTRIES, () -> kept + " entries");
            assertTrue(heap < HEAP_KIB, () -> heap + " KiB");
        }
        // A machine that is too slow for all of them has at least filled the cache many times.
        assertTrue(sent >= 10 * ENTRIES, "only " + sent + " names in time");
    }

    private static Path distinct(int first, int count) throws IOException {
        Path file = Files.createTempFile(folder, "distinct", ".names");
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            for (int i = first; i < first + count; i++) {
                writer.write("name" + i + ".distinct.test A\n");
            }
        }
        return file;
    }

    private static void assertAllSucceeded(Dnsperf ran) {
        ran.assertNothingLost();
        assertTrue(ran.text().contains("NOERROR " + ran.completed() + " (100.00%)"), ran::text);
    }

    private static long entriesKept(RunningSentry sentry) throws IOException, InterruptedException {
        sentry.signal("USR1");
        await("the tables are there")
                .atMost(Duration.ofSeconds(10))
                .until(() -> StatisticsTables.in(sentry.log()).domains() == 1);
        Matcher matcher = KEPT.matcher(sentry.log());
        assertTrue(matcher.find(), sentry::log);
        return Long.parseLong(matcher.group(1));
    }

    @Test
    void cacheHit_costsLessThanAForwardedQuery() throws Exception {
        Path names = distinct(0, POPULAR);
        try (RunningSentry caching = RunningSentry.start(folder, config("{ \"entries\": " + ENTRIES + " }"));
                RunningSentry asking = RunningSentry.start(folder, config("false"))) {
            for (int i = 0; i < ROUNDS; i++) {
                cpuSeconds(caching, names);
                cpuSeconds(asking, names);
            }
            double hits = 0;
            double forwarded = 0;
            for (int i = 0; i < ROUNDS; i++) {
                hits += cpuSeconds(caching, names);
                forwarded += cpuSeconds(asking, names);
            }

            int queries = ROUNDS * QUERIES_A_ROUND;
            System.out.printf(
                    "server CPU a query: %.1f us from the cache, %.1f us forwarded, ratio %.2f%n",
                    hits / queries * 1e6, forwarded / queries * 1e6, forwarded / hits);
            assertTrue(hits < forwarded, "a hit is no cheaper");
            assertEquals(POPULAR, entriesKept(caching));
        }
    }

    /** What one round costs the server. */
    private static double cpuSeconds(RunningSentry sentry, Path names) throws IOException, InterruptedException {
        double before = ProcessFigures.cpuSeconds(sentry.pid());
        String times = String.valueOf(QUERIES_A_ROUND / POPULAR);
        Dnsperf ran = Dnsperf.run(sentry.port(), names, AS_FAST_AS_IT_GOES, "-n", times, "-l", SECONDS);
        double cost = ProcessFigures.cpuSeconds(sentry.pid()) - before;
        assertEquals(QUERIES_A_ROUND, ran.completed(), ran::text);
        assertAllSucceeded(ran);
        return cost;
    }
}

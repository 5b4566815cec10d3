package org.sentrydns.server.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class StatisticsTest {
    private final AtomicLong clock = new AtomicLong(5_000_000_000L);
    private final Statistics statistics = new Statistics(clock::get);

    @Test
    void systemTable_untouched_hasTheUptimeOnly() {
        clock.addAndGet(1_500_000_000L);
        assertEquals("""
                +--------+----------+
                | metric | value    |
                +--------+----------+
                | uptime | 1.500000 |
                +--------+----------+""", statistics.systemTable(Map.of()));
    }

    @Test
    void systemTable_touched_hasTheOriginalsNamesInOrder() {
        long first = statistics.started();
        long second = statistics.started();
        clock.addAndGet(2_000_000L);
        statistics.finished(first, true);
        clock.addAndGet(2_000_000L);
        statistics.finished(second, true);
        statistics.finished(statistics.started(), false);
        statistics.received(29);
        statistics.received(31);
        statistics.sent(100);
        statistics.shed();
        statistics.rejected();
        statistics.failed();
        statistics.verb("redirect").increment();
        statistics.verb("block").add(3);
        statistics.verb("log");
        statistics.started();
        assertEquals("""
                +------------------------+----------+
                | metric                 | value    |
                +------------------------+----------+
                | net.active_threads_avg | 1.250000 |
                | net.active_threads_max | 2        |
                | net.active_threads_min | 1        |
                | net.bytes_received     | 60       |
                | net.bytes_sent         | 100      |
                | net.packets_received   | 2        |
                | net.packets_sent       | 1        |
                | net.queries_rejected   | 1        |
                | net.queries_shed       | 1        |
                | requests_failed        | 1        |
                | requests_pending       | 1        |
                | requests_total         | 4        |
                | response_time_msec_avg | 3.000000 |
                | response_time_msec_max | 4.000000 |
                | response_time_msec_min | 2.000000 |
                | rules.block            | 3        |
                | rules.redirect         | 1        |
                | uptime                 | 0.004000 |
                +------------------------+----------+""", statistics.systemTable(Map.of()));
    }

    @Test
    void domainTable_countsNamesInAnyCase_mostFirst() {
        for (String name : List.of("a.test.", "B.test.", "b.TEST.", "c.test.")) {
            statistics.answered(name);
        }
        assertEquals("""
                +---------+---------+
                | domain  | queries |
                +---------+---------+
                | b.test. | 2       |
                | c.test. | 1       |
                | a.test. | 1       |
                +---------+---------+""", statistics.domainTable());
    }

    @Test
    void domainTable_withoutNames_isTheHeadingAlone() {
        assertEquals("""
                +--------+---------+
                | domain | queries |
                +--------+---------+""", statistics.domainTable());
    }

    @Test
    void tables_drawnWhileThreadsCount_loseNothing() throws Exception {
        int each = 100_000;
        AtomicBoolean counting = new AtomicBoolean(true);
        try (ExecutorService threads = Executors.newFixedThreadPool(5)) {
            Future<Integer> dumps = threads.submit(() -> {
                int drawn = 0;
                while (counting.get()) {
                    assertTrue(statistics.systemTable(Map.of()).startsWith("+---"));
                    assertTrue(statistics.domainTable().startsWith("+---"));
                    drawn++;
                }
                return drawn;
            });
            List<Future<?>> counters = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                counters.add(threads.submit(() -> count(each)));
            }
            for (Future<?> counter : counters) {
                counter.get();
            }
            counting.set(false);
            assertTrue(dumps.get() > 0);
        }
        assertTrue(statistics.systemTable(Map.of()).contains("| requests_total         | " + 4 * each));
        assertTrue(statistics.systemTable(Map.of()).contains("| requests_pending       | 0 "));
        assertFalse(statistics.systemTable(Map.of()).contains("NaN"));
    }

    private void count(int times) {
        for (int i = 0; i < times; i++) {
            long started = statistics.started();
            statistics.received(20);
            statistics.verb("verb" + i % 10).increment();
            statistics.answered("name" + i % 1000 + ".test.");
            statistics.finished(started, true);
        }
    }
}

package org.sentrydns.server.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class LatencyTest {
    private static final long MILLI = 1_000_000;

    private final Latency latency = new Latency();

    @Test
    void percentile_liesBetweenTheEndsOfItsBucket_andIsNeverLongerThanTheLongest() {
        for (int i = 0; i < 97; i++) {
            latency.add(MILLI / 5);
        }
        latency.add(1001 * MILLI);
        latency.add(1002 * MILLI);
        latency.add(1003 * MILLI);
        assertEquals(0.177, latency.snapshot().percentileMillis(0.5), 0.001);
        assertEquals(1002, latency.snapshot().percentileMillis(0.99), 1);
        assertEquals(1003, latency.snapshot().percentileMillis(1), 1e-9);
    }

    @Test
    void percentile_behindTheLastBound_goesOnToTheLongest() {
        latency.add(9000 * MILLI);
        Latency.Snapshot earlier = latency.snapshot();
        latency.add(3000 * MILLI);
        assertEquals(9000, latency.snapshot().percentileMillis(1), 1e-9);
        assertEquals(5750, latency.snapshot().since(earlier).percentileMillis(0.5), 1e-9);
    }

    @Test
    void percentileOfNothing_isNothing() {
        assertEquals(0, latency.snapshot().percentileMillis(0.99), 1e-9);
    }
}

package org.sentrydns.server.list;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class RefreshTimesTest {

    @Test
    void afterFailure_neverWaitsLongerThanTheRefresh() {
        RefreshTimes times = new RefreshTimes(Duration.ofSeconds(90), new SplittableRandom(1));
        List<Duration> waits = List.of(times.afterFailure(), times.afterFailure(), times.afterFailure());
        assertEquals(List.of(Duration.ofSeconds(60), Duration.ofSeconds(90), Duration.ofSeconds(90)), waits);
    }

    @Test
    void afterFailure_manyTimes_staysAtAnHour() {
        RefreshTimes times = new RefreshTimes(Duration.ofDays(30), new SplittableRandom(1));
        Duration last = Duration.ZERO;
        for (int i = 0; i < 1000; i++) {
            last = times.afterFailure();
        }
        assertEquals(Duration.ofHours(1), last);
    }
}

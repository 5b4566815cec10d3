package org.sentrydns.server.edition;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sentrydns.server.log.LogLines;

final class ReadingWatchTest {

    @Test
    void reading_thatGoesOn_isToldWithItsPlace() {
        List<String> lines = new ArrayList<>();
        ReadingWatch watch = ReadingWatch.start(Duration.ofMillis(1));
        try (LogLines said = new LogLines("sentry.core")) {
            await().until(() -> {
                lines.addAll(said.take());
                return lines.size() >= 2;
            });
        } finally {
            watch.close();
        }
        assertTrue(
                lines.getFirst().startsWith("WARN reading the configuration has taken 0.001 s and goes on, at "),
                lines.getFirst());
        assertTrue(lines.getFirst().contains("s and goes on, at org."), lines.getFirst());
    }
}

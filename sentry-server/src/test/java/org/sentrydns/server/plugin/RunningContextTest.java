package org.sentrydns.server.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.sentrydns.api.Counter;
import org.sentrydns.server.log.LogLines;

/** What a plugin is given. */
final class RunningContextTest {
    private final LongAdder adder = new LongAdder();
    private final RunningContext context = new RunningContext("acme", RunningContextTest::none, (id, name) -> adder);

    private static <R extends Record> R none(String id, Class<R> type) {
        throw new AssertionError("nobody asks for settings");
    }

    @Test
    void log_withABrokenPattern_saysItAsItIs() {
        try (LogLines log = new LogLines("sentry.plugin.acme")) {
            context.log().log(System.Logger.Level.INFO, "query {name}", "a.test");
            context.log().log(System.Logger.Level.INFO, "query {0}", "a.test");
            assertEquals(List.of("INFO query {name}", "INFO query a.test"), log.take());
        }
    }

    @Test
    void counter_onlyGrows() {
        Counter counter = context.counter("seen");
        counter.add(2);
        counter.add(0);
        counter.increment();
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> counter.add(-5));
        assertEquals("a counter only grows: expected 0 or more, got -5", e.getMessage());
        assertEquals(3, adder.sum());
    }
}

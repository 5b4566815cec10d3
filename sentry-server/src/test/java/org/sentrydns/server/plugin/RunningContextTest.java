package org.sentrydns.server.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.sentrydns.api.Counter;

/** What a plugin is given. */
final class RunningContextTest {
    private final LongAdder adder = new LongAdder();
    private final RunningContext context = new RunningContext("acme", RunningContextTest::none, (id, name) -> adder);

    private static <R extends Record> R none(String id, Class<R> type) {
        throw new AssertionError("nobody asks for settings");
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

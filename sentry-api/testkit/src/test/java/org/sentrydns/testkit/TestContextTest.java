package org.sentrydns.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.sentrydns.api.Counter;

final class TestContextTest {
    private final TestContext context = new TestContext();

    @Test
    void counter_onlyGrows() {
        Counter counter = context.counter("seen");
        counter.add(2);
        assertThrows(IllegalArgumentException.class, () -> counter.add(-1));
        assertEquals(2, context.counted("seen"));
    }
}

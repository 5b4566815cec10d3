package org.sentrydns.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.System.Logger.Level;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sentrydns.api.Counter;

final class TestContextTest {
    private final TestContext context = new TestContext();

    @Test
    void log_withABrokenPattern_saysItAsItIs() {
        context.log().log(Level.INFO, "query {name}", "a.test");
        context.log().log(Level.INFO, "query {0}", "a.test");
        assertEquals(List.of("INFO: query {name}", "INFO: query a.test"), context.logged());
    }

    @Test
    void counter_onlyGrows() {
        Counter counter = context.counter("seen");
        counter.add(2);
        assertThrows(IllegalArgumentException.class, () -> counter.add(-1));
        assertEquals(2, context.counted("seen"));
    }
}

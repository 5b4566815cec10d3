package org.sentrydns.server.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    record Supported(
            int number,
            Optional<Double> fraction,
            List<Map<String, Duration>> spans,
            Optional<Supported> inner,
            Thread.State state) {}

    record Fraction(float ratio) {}

    record Bag(Set<String> names) {}

    record Row(String[] names) {}

    record Bare(@SuppressWarnings("rawtypes") List names) {}

    record Numbered(Map<Integer, String> names) {}

    record Nested(List<Optional<Fraction>> fractions) {}

    @ParameterizedTest
    @CsvSource({
        "Fraction, Fraction, ratio, float",
        "Bag, Bag, names, java.util.Set<java.lang.String>",
        "Row, Row, names, java.lang.String[]",
        "Bare, Bare, names, java.util.List",
        "Numbered, Numbered, names, 'java.util.Map<java.lang.Integer, java.lang.String>'",
        "Nested, Fraction, ratio, float"
    })
    void settings_ofAnUnsupportedType_areThePluginsMistake(String asked, String record, String component, String type)
            throws Exception {
        String outer = RunningContextTest.class.getName() + "$";
        Class<? extends Record> settings = Class.forName(outer + asked).asSubclass(Record.class);
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> context.settings(settings));
        assertEquals(
                "the record " + outer + record + " of its settings has the component " + component
                        + " of the unsupported type " + type,
                e.getMessage());
    }

    @Test
    void settings_ofSupportedTypes_areRead() {
        AssertionError read = assertThrows(AssertionError.class, () -> context.settings(Supported.class));
        assertEquals("nobody asks for settings", read.getMessage());
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

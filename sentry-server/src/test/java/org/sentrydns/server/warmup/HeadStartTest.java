package org.sentrydns.server.warmup;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.concurrent.Callable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class HeadStartTest {
    static Iterable<Callable<?>> steps() {
        return HeadStart.STEPS;
    }

    @ParameterizedTest
    @MethodSource("steps")
    void step_makesSomething(Callable<?> step) throws Exception {
        assertNotNull(step.call());
    }
}

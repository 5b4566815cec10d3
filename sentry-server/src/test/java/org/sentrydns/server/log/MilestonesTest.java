package org.sentrydns.server.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class MilestonesTest {
    @Test
    void milestones_arePowersOfTen() {
        assertEquals(
                List.of(1L, 10L, 100L, 1000L, 10_000L),
                LongStream.rangeClosed(0, 10_000)
                        .filter(Milestones::isOne)
                        .boxed()
                        .toList());
    }
}

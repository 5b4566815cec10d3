package org.sentrydns.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sentrydns.server.regex.NamePattern;

final class PatternsTest {
    private static final int COUNT = 10_000;

    @Test
    void patterns_matchTheNamesThatTheyCameWith() {
        for (Sample sample : Patterns.first(COUNT)) {
            assertTrue(NamePattern.compile(sample.regex()).matches(sample.name() + "."), sample::toString);
        }
    }

    @Test
    void patterns_ofASmallerNumber_areTheFirstOfALargerOne() {
        assertEquals(Patterns.first(COUNT).subList(0, 1000), Patterns.first(1000));
    }

    @Test
    void patterns_includeSomeWithoutAnyLiteral() {
        long without = Patterns.first(COUNT).stream()
                .filter(sample -> !sample.literal())
                .count();
        assertTrue(without >= COUNT * 2 / 100 && without <= COUNT * 3 / 100, () -> without + " of " + COUNT);
    }

    @Test
    void askedNames_areBlockedOnceInTen() {
        List<Sample> samples = Patterns.first(COUNT);
        Expressions expressions = Expressions.of(samples);
        long hits = Names.asked(2000, samples).stream()
                .filter(name -> expressions.first(name + ".") != Expressions.NONE)
                .count();
        assertEquals(200, hits);
    }
}

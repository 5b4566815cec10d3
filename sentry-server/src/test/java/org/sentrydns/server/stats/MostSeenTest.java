package org.sentrydns.server.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class MostSeenTest {

    @Test
    void top_isOrderedByCountAndBounded() {
        MostSeen<String> names = new MostSeen<>(10_000);
        for (String name : List.of("a", "b", "b", "c", "c", "c")) {
            names.add(name);
        }
        assertEquals(List.of(Map.entry("c", 3L), Map.entry("b", 2L)), names.top(2));
    }

    @Test
    void add_aMillionRandomNames_keepsThePopularOnesAndLittleElse() {
        MostSeen<String> names = new MostSeen<>(10_000);
        Random random = new Random(11);
        for (int i = 0; i < 1_000_000; i++) {
            names.add(Long.toHexString(random.nextLong()) + ".test.");
            if (i % 100 == 0) {
                names.add("popular" + i / 100 % 10 + ".test.");
            }
        }
        assertTrue(names.size() <= 10_000, "names kept: " + names.size());
        List<Map.Entry<String, Long>> top = names.top(10);
        for (Map.Entry<String, Long> entry : top) {
            assertTrue(entry.getKey().startsWith("popular"), top.toString());
            assertTrue(entry.getValue() > 900, top.toString());
        }
    }

    @Test
    void add_aNewNameWhenAllPlacesAreTaken_isCountedFromTheFirstTime() {
        MostSeen<String> names = new MostSeen<>(100);
        for (int i = 0; i < 200; i++) {
            names.add("once" + i);
        }
        assertEquals(100, names.size());
        for (int i = 0; i < 3; i++) {
            names.add("late");
        }
        assertEquals(List.of(Map.entry("late", 3L)), names.top(1));
    }

    @Test
    void add_namesThatComeOnceWhenAllPlacesAreTaken_pushNobodyOut() {
        MostSeen<String> names = new MostSeen<>(100);
        for (int i = 0; i < 100; i++) {
            names.add("early" + i);
        }
        for (int i = 0; i < 10_000; i++) {
            names.add("r" + Integer.toString(i, 36) + ".example.com");
        }
        List<Map.Entry<String, Long>> top = names.top(200);
        assertEquals(100, top.size());
        assertTrue(top.stream().allMatch(e -> e.getKey().startsWith("early") && e.getValue() == 1), top.toString());
    }
}

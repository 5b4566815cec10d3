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
        MostSeen<String> names = new MostSeen<>(10_000, Fingerprint::of);
        for (String name : List.of("a", "b", "b", "c", "c", "c")) {
            names.add(name);
        }
        assertEquals(List.of(Map.entry("c", 3L), Map.entry("b", 2L)), names.top(2));
    }

    @Test
    void add_aMillionRandomNames_keepsThePopularOnesAndLittleElse() {
        MostSeen<String> names = new MostSeen<>(10_000, Fingerprint::of);
        Random random = new Random(11);
        for (int i = 0; i < 1_000_000; i++) {
            names.add(Long.toHexString(random.nextLong()) + ".test.");
            if (i % 100 == 0) {
                names.add("popular" + i / 100 % 10 + ".test.");
            }
        }
        assertTrue(names.size() <= 16_384, "names kept: " + names.size());
        List<Map.Entry<String, Long>> top = names.top(10);
        for (Map.Entry<String, Long> entry : top) {
            assertTrue(entry.getKey().startsWith("popular"), top.toString());
            assertTrue(entry.getValue() > 900, top.toString());
        }
    }

    @Test
    void add_aNewNameWhenAllPlacesAreTaken_isCountedFromTheFirstTime() {
        MostSeen<String> names = new MostSeen<>(100, Fingerprint::of);
        for (int i = 0; i < 10_000; i++) {
            names.add("once" + i);
        }
        assertEquals(256, names.size());
        for (int i = 0; i < 3; i++) {
            names.add("late");
        }
        assertEquals(List.of(Map.entry("late", 3L)), names.top(1));
    }

    @Test
    void add_namesThatComeOnceWhenAllPlacesAreTaken_pushNobodyOut() {
        MostSeen<String> names = new MostSeen<>(100, Fingerprint::of);
        for (int i = 0; i < 100; i++) {
            names.add("early" + i);
        }
        for (int i = 0; i < 10_000; i++) {
            names.add("r" + Integer.toString(i, 36) + ".example.com");
        }
        List<Map.Entry<String, Long>> top = names.top(10_000);
        assertTrue(top.stream().allMatch(e -> e.getValue() == 1), top.toString());
        assertEquals(
                100, top.stream().filter(e -> e.getKey().startsWith("early")).count());
    }

    @Test
    void add_byTwoThreads_losesNoneWhileThereIsRoom() throws Exception {
        MostSeen<String> names = new MostSeen<>(2_000, Fingerprint::of);
        Runnable adding = () -> {
            for (int i = 0; i < 200_000; i++) {
                names.add("n" + i % 2_000);
            }
        };
        List<Thread> threads =
                List.of(Thread.ofPlatform().start(adding), Thread.ofPlatform().start(adding));
        for (Thread thread : threads) {
            thread.join();
        }
        List<Map.Entry<String, Long>> top = names.top(10_000);
        assertEquals(2_000, top.size());
        assertTrue(top.stream().allMatch(e -> e.getValue() == 200), top.toString());
    }
}

package org.sentrydns.server.edition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class TurnstileTest {
    /** What visitors use, and must not once it is gone. */
    private static final class House {
        private final Turnstile door = new Turnstile();
        private final AtomicBoolean gone = new AtomicBoolean();
    }

    @Test
    void inside_isWhoCameAndHasNotLeft() {
        Turnstile door = new Turnstile();
        assertTrue(door.isEmpty());
        door.enter();
        door.enter();
        door.leave();
        assertFalse(door.isEmpty());
        assertEquals(1, door.inside());
    }

    @Test
    void houses_areNeverGoneWhileSomebodyIsInside() {
        AtomicReference<House> current = new AtomicReference<>(new House());
        AtomicInteger mistakes = new AtomicInteger();
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService visitors = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 4; i++) {
                visitors.execute(() -> visit(current, mistakes, over));
            }
            for (int i = 0; i < 2000; i++) {
                House old = current.getAndSet(new House());
                while (!old.door.isEmpty()) {
                    Thread.onSpinWait();
                }
                old.gone.set(true);
            }
            over.set(true);
        }
        assertEquals(0, mistakes.get());
    }

    private static void visit(AtomicReference<House> current, AtomicInteger mistakes, AtomicBoolean over) {
        while (!over.get()) {
            House house = current.get();
            house.door.enter();
            if (house == current.get()) {
                mistakes.addAndGet(house.gone.get() ? 1 : 0);
                Thread.onSpinWait();
                mistakes.addAndGet(house.gone.get() ? 1 : 0);
            }
            house.door.leave();
        }
    }
}

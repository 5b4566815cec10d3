package org.sentrydns.server.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class CourierTest {
    private final List<String> arrived = new CopyOnWriteArrayList<>();

    private Courier<String> courier(CountDownLatch gate) {
        return new Courier<>("test-courier", String::length, new Courier.Receiver<>() {
            @Override
            public void take(String thing) throws InterruptedException {
                gate.await();
                arrived.add(thing);
            }

            @Override
            public void idle() {}

            @Override
            public void end() {
                arrived.add("end");
            }
        });
    }

    @Test
    void close_letsWhatWaitsArrive() {
        CountDownLatch gate = new CountDownLatch(0);
        try (Courier<String> courier = courier(gate)) {
            courier.carry("a");
            courier.carry("b");
        }
        assertEquals(List.of("a", "b", "end"), arrived);
    }

    @Test
    void carry_toAReceiverThatHangs_neverWaitsAndCountsWhatIsLost() {
        Courier<String> courier = courier(new CountDownLatch(1));
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            for (int i = 0; i < 30_000; i++) {
                courier.carry("x");
            }
        });
        assertTrue(courier.lost() >= 19_999, "lost: " + courier.lost());
        courier.close();
        assertEquals(List.of("end"), arrived);
    }

    /** Ten thousand large ones would fill the memory. */
    @Test
    void largeThings_areLostWhereManyBytesWait() {
        CountDownLatch gate = new CountDownLatch(1);
        String large = "x".repeat(1 << 20);
        long lost;
        try (Courier<String> courier = courier(gate)) {
            for (int i = 0; i < 40; i++) {
                courier.carry(large);
            }
            lost = courier.lost();
            // One more may be with the receiver.
            assertTrue(lost == 40 - 16 || lost == 40 - 16 - 1, "lost: " + lost);
            gate.countDown();
        }
        assertEquals(40 - lost + 1, arrived.size());
    }
}

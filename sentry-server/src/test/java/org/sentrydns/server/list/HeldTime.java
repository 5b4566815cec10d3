package org.sentrydns.server.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/** Time that passes only when a test says so: whoever pauses is held until then. Thread-safe. */
final class HeldTime {
    static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    static final Duration LOOK = Duration.ofSeconds(2);

    private final AtomicLong nanos;
    private final BlockingQueue<Duration> pauses = new LinkedBlockingQueue<>();
    private final Semaphore passes = new Semaphore(0);
    private volatile double random = 0.5;

    HeldTime() {
        this(Long.MAX_VALUE - 1000);
    }

    /** @param nanos what the clock begins with; on Linux that is how long the machine has been up */
    HeldTime(long nanos) {
        this.nanos = new AtomicLong(nanos);
    }

    Surroundings surroundings() {
        RandomGenerator fixed = new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new AssertionError("only doubles are asked for");
            }

            @Override
            public double nextDouble() {
                return random;
            }
        };
        return new Surroundings(nanos::get, Clock.fixed(NOW, ZoneOffset.UTC), this::pause, fixed, LOOK);
    }

    void random(double next) {
        random = next;
    }

    private void pause(Duration time) throws InterruptedException {
        pauses.add(time);
        passes.acquire();
        nanos.addAndGet(time.toNanos());
    }

    /** Waits until everything that is due has been done. */
    Duration untilPause() throws InterruptedException {
        Duration pause = pauses.poll(20, TimeUnit.SECONDS);
        assertNotNull(pause, "nobody pauses");
        return pause;
    }

    /** Lets the pause end and waits for the next. */
    Duration pass() throws InterruptedException {
        assertEquals(0, pauses.size());
        passes.release();
        return untilPause();
    }
}

package org.sentrydns.server.loop;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class PoolWatchTest {
    private static final int FIRST = 2;

    private final AtomicLong now = new AtomicLong();
    private final ForkJoinPool pool = new ForkJoinPool(FIRST);
    private final VirtualThreads threads = new VirtualThreads(pool);
    private final PoolWatch watch = new PoolWatch(now::get, threads::start, pool);
    private final AtomicBoolean over = new AtomicBoolean();

    private void look(long laterMillis) {
        now.addAndGet(laterMillis * 1_000_000);
        watch.look();
    }

    private void hold(int count) {
        AtomicInteger held = new AtomicInteger();
        for (int i = 0; i < count; i++) {
            threads.start(() -> {
                held.incrementAndGet();
                while (!over.get()) {
                    Thread.onSpinWait();
                }
            });
        }
        await().until(() -> held.get() == count);
    }

    @AfterEach
    void close() {
        over.set(true);
        pool.close();
    }

    @Test
    void pool_whoseThreadsAreAllHeld_getsMoreForAWhile() {
        look(1100);
        await().until(watch::isQuiet);
        hold(FIRST);
        look(100);
        look(50);
        assertEquals(FIRST, pool.getParallelism());
        assertFalse(watch.isQuiet());
        look(50);
        assertEquals(FIRST + 1, pool.getParallelism());
        await().until(watch::isQuiet);

        over.set(true);
        look(60_000);
        assertEquals(FIRST + 1, pool.getParallelism());
        await().until(watch::isQuiet);
        look(100);
        assertEquals(FIRST, pool.getParallelism());
    }

    @Test
    void pool_withAThreadToSpare_staysAsItIs() {
        hold(FIRST - 1);
        look(1000);
        for (int i = 0; i < 10; i++) {
            look(100);
            await().until(watch::isQuiet);
        }
        assertEquals(FIRST, pool.getParallelism());
    }
}

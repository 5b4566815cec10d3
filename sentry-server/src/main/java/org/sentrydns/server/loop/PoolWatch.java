package org.sentrydns.server.loop;

import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the JDK's pool, which carries all virtual threads but those of the loops and has a thread for each processor. As many
 * virtual threads that compute without end, or hold their carriers while they wait, would stop all others: then the pool gets
 * another thread. Confined to the thread that looks. Where the pool cannot be had, as {@link VirtualThreads} says, nothing is
 * done.
 */
final class PoolWatch {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.core");
    /** The start of a server is not made longer by the making of a pool. */
    private static final long START_NANOS = 1_000_000_000;
    /** A virtual thread that has not begun after that time has nobody to carry it. */
    private static final long HELD_NANOS = 100_000_000;
    /** After such a time without trouble there is one thread less again. */
    private static final long QUIET_NANOS = 60_000_000_000L;
    /** Threads more than at first, at most. */
    private static final int MOST = 64;

    private final LongSupplier nanoTime;
    private final Consumer<Runnable> starter;
    private final @Nullable ForkJoinPool pool;
    private final int first;
    private long lookedAt;
    private long resizedAt;
    private int more;
    private volatile boolean carried = true;

    PoolWatch() {
        this(System::nanoTime, Thread::startVirtualThread, VirtualThreads.jdkPool());
    }

    /** @param starter starts virtual threads in the pool */
    PoolWatch(LongSupplier nanoTime, Consumer<Runnable> starter, @Nullable ForkJoinPool pool) {
        this.nanoTime = nanoTime;
        this.starter = starter;
        this.pool = pool;
        this.first = pool == null ? 0 : pool.getParallelism();
        this.lookedAt = nanoTime.getAsLong() + START_NANOS;
    }

    /** To be called again and again. */
    void look() {
        long now = nanoTime.getAsLong();
        if (pool == null || now - lookedAt < HELD_NANOS) {
            return;
        }
        lookedAt = now;
        boolean held = !isQuiet();
        if (held && more < MOST) {
            LOG.debug("Java's pool of virtual threads is held, it gets another thread");
            resize(pool, more + 1, now);
        } else if (!held && more > 0 && now - resizedAt > QUIET_NANOS) {
            resize(pool, more - 1, now);
        }
        carried = false;
        if (held) {
            // The pool makes a thread only when something comes to an empty queue, and has one for each of some
            // threads.
            Thread.ofPlatform().name("sentry-pool").daemon().start(this::beat);
        } else {
            beat();
        }
    }

    private void beat() {
        starter.accept(() -> carried = true);
    }

    /** Whether the pool has carried what it was given last. */
    boolean isQuiet() {
        return carried;
    }

    private void resize(ForkJoinPool known, int threads, long now) {
        more = threads;
        known.setParallelism(first + more);
        resizedAt = now;
    }
}

package org.sentrydns.server.plugin;

import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets go of what plugins hold. They are strangers': what one throws must not keep the others, and one that does not return must
 * keep neither a reload nor the end of the process. Confined to one thread.
 */
public final class Closer {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.core");
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Duration patience;

    /** How long each plugin, known by its class loader, may still take: a thousand rules that hang take no longer than one. */
    private final IdentityHashMap<@Nullable ClassLoader, Duration> left = new IdentityHashMap<>();

    /** Waits five seconds for each plugin, for all of it together. */
    public Closer() {
        this(PATIENCE);
    }

    /** @param patience how long each plugin may take; not negative */
    Closer(Duration patience) {
        this.patience = patience;
    }

    /**
     * Closes it if it can be closed.
     *
     * @param name what it is, for the log
     */
    public void close(Object thing, String name) {
        if (thing instanceof AutoCloseable closeable) {
            run(thing.getClass().getClassLoader(), name, closeable);
        }
    }

    /**
     * Has a plugin do what it does to close.
     *
     * @param loader the plugin's class loader
     * @param name what is closed, for the log
     */
    void run(@Nullable ClassLoader loader, String name, AutoCloseable close) {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Thread thread = Thread.ofPlatform().name("sentry-close").daemon().unstarted(() -> {
            try {
                close.close();
            } catch (Throwable e) {
                failure.set(e);
            }
        });
        thread.setContextClassLoader(loader);
        Duration before = left.getOrDefault(loader, patience);
        long begun = System.nanoTime();
        thread.start();
        boolean ended = join(thread, begun + before.toNanos());
        Duration rest = before.minusNanos(System.nanoTime() - begun);
        left.put(loader, rest.isNegative() ? Duration.ZERO : rest);
        Throwable thrown = failure.get();
        if (!ended) {
            thread.interrupt();
            if (before.isPositive()) {
                LOG.warn("{} does not close; Sentry goes on after {} s", name, patience.toMillis() / 1000.0);
            }
        } else if (thrown != null) {
            Fatal.rethrow(thrown);
            LOG.warn("{} was not closed well: {}", name, thrown.toString());
        }
    }

    /** Whether the thread ends by then. Who closes may be interrupted, for instance by the end of the process: it waits all the same. */
    private static boolean join(Thread thread, long end) {
        boolean interrupted = false;
        while (true) {
            try {
                boolean ended = thread.join(Duration.ofNanos(end - System.nanoTime()));
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
                return ended;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }
}

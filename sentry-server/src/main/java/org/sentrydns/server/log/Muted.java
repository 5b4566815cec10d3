package org.sentrydns.server.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * Keeps the log quiet about what is only tried: rules are asked what they would do, and nobody should read that they did it.
 * Thread-safe. While nobody tries anything, a line of the log costs one look at a counter more; before the first time, nothing.
 */
public final class Muted {
    private static final Set<Thread> THREADS = ConcurrentHashMap.newKeySet();
    private static final AtomicInteger TRYING = new AtomicInteger();
    private static final AtomicBoolean INSTALLED = new AtomicBoolean();

    private Muted() {}

    /** What a thread tries. */
    @FunctionalInterface
    public interface Attempt<T, E extends Exception> {
        T run() throws E;
    }

    /** Runs it; what this thread says to the log meanwhile is not heard, whatever logger it uses. */
    public static <T, E extends Exception> T run(Attempt<T, E> attempt) throws E {
        install();
        Thread thread = Thread.currentThread();
        boolean outermost = THREADS.add(thread);
        TRYING.incrementAndGet();
        try {
            return attempt.run();
        } finally {
            TRYING.decrementAndGet();
            if (outermost) {
                THREADS.remove(thread);
            }
        }
    }

    /** Whether what this thread says is not heard. */
    public static boolean isMuted() {
        return TRYING.get() > 0 && THREADS.contains(Thread.currentThread());
    }

    private static void install() {
        if (!INSTALLED.get()
                && INSTALLED.compareAndSet(false, true)
                && LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.addTurboFilter(new Deaf());
        }
    }

    private static final class Deaf extends TurboFilter {
        @Override
        public FilterReply decide(
                @Nullable Marker marker,
                Logger logger,
                Level level,
                @Nullable String format,
                Object @Nullable [] params,
                @Nullable Throwable t) {
            return isMuted() ? FilterReply.DENY : FilterReply.NEUTRAL;
        }
    }
}

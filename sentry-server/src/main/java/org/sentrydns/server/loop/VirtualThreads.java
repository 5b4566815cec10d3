package org.sentrydns.server.loop;

import java.lang.reflect.Constructor;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes virtual threads that an executor of ours carries. The JDK has that inside, for its own tests, and opens it only when
 * it is started with {@code --add-opens java.base/java.lang=ALL-UNNAMED}; without it virtual threads are carried by
 * the JDK's pool, which works as well and costs a wake-up a query.
 */
final class VirtualThreads {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.core");
    private static final String BUILDER = "java.lang.ThreadBuilders$VirtualThreadBuilder";

    private final ThreadFactory threads;
    private final boolean carried;

    /** Threads carried by this executor, or by the JDK's pool where that cannot be had. */
    VirtualThreads(Executor executor) {
        ThreadFactory own = null;
        try {
            Constructor<?> constructor = Class.forName(BUILDER).getDeclaredConstructor(Executor.class);
            constructor.setAccessible(true);
            own = ((Thread.Builder.OfVirtual) constructor.newInstance(executor)).factory();
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.debug("queries are carried by the JDK's pool: {}", e.toString());
        }
        carried = own != null;
        threads = own != null ? own : Thread.ofVirtual().factory();
    }

    /** Whether the executor carries them. */
    boolean areCarried() {
        return carried;
    }

    void start(Runnable task) {
        threads.newThread(task).start();
    }
}

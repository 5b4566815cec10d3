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

    private VirtualThreads() {}

    /** Threads carried by this executor, or by the JDK's pool where that cannot be had. */
    static ThreadFactory carriedBy(Executor executor) {
        try {
            Constructor<?> constructor = Class.forName(BUILDER).getDeclaredConstructor(Executor.class);
            constructor.setAccessible(true);
            return ((Thread.Builder.OfVirtual) constructor.newInstance(executor)).factory();
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.debug("queries are carried by the JDK's pool: {}", e.toString());
            return Thread.ofVirtual().factory();
        }
    }
}

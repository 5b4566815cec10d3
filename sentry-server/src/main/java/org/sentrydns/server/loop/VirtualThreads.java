package org.sentrydns.server.loop;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
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
    private static final @Nullable MethodHandle EXECUTOR = executorOfThread();

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

    private static @Nullable MethodHandle executorOfThread() {
        try {
            Field field = Class.forName("java.lang.VirtualThread").getDeclaredField("scheduler");
            field.setAccessible(true);
            return MethodHandles.lookup()
                    .unreflectGetter(field)
                    .asType(MethodType.methodType(Executor.class, Thread.class));
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.debug("it cannot be told what carries a thread: {}", e.toString());
            return null;
        }
    }

    /** What carries the thread that calls this; null for a platform thread, and where it cannot be told. */
    static @Nullable Executor currentExecutor() {
        return executor(Thread.currentThread());
    }

    /** The JDK's pool; null where it cannot be had. */
    static @Nullable ForkJoinPool jdkPool() {
        return executor(Thread.ofVirtual().unstarted(() -> {})) instanceof ForkJoinPool pool ? pool : null;
    }

    private static @Nullable Executor executor(Thread thread) {
        if (EXECUTOR == null || !thread.isVirtual()) {
            return null;
        }
        try {
            return (Executor) EXECUTOR.invokeExact(thread);
        } catch (Throwable e) {
            throw new AssertionError("reading a field throws nothing", e);
        }
    }

    /** Whether the executor carries them. */
    boolean areCarried() {
        return carried;
    }

    void start(Runnable task) {
        threads.newThread(task).start();
    }
}

package org.sentrydns.server.loop;

/** Threads for what no query waits for. Thread-safe. */
public final class Background {
    private Background() {}

    /**
     * Runs a task on a thread of its own that gives way to all others, and so do the threads that it starts. Java tells the
     * system of priorities only when it is started with {@code -XX:ThreadPriorityPolicy=1}.
     */
    @SuppressWarnings("ThreadPriorityCheck") // Nothing relies on it: without it, queries wait a little longer.
    public static void start(String name, Runnable task) {
        Thread.ofPlatform().name(name).daemon().priority(Thread.MIN_PRIORITY).start(task);
    }
}

package org.sentrydns.server.list;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Gives threads to feeds: one to all files, and one to each address, since an address may hang. */
final class Together {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private Together() {}

    /** What is done with each feed. */
    @FunctionalInterface
    interface Work<T> {
        T with(Feed feed) throws InterruptedException;
    }

    /** Which feeds share a thread. */
    static List<List<Feed>> groups(List<Feed> feeds) {
        List<List<Feed>> groups = new ArrayList<>();
        List<Feed> files =
                feeds.stream().filter(feed -> feed instanceof FileFeed).toList();
        if (!files.isEmpty()) {
            groups.add(files);
        }
        feeds.stream().filter(feed -> feed instanceof WebFeed).map(List::of).forEach(groups::add);
        return groups;
    }

    static Thread start(List<Feed> group, Runnable work) {
        Feed first = group.getFirst();
        String name = first instanceof FileFeed ? "files" : first.list().name();
        return Thread.ofPlatform().daemon().name("sentry-lists-" + name).start(work);
    }

    /**
     * Does the same with each feed and waits until all is done.
     *
     * @return what came of each, in the order of the feeds
     */
    static <T> List<T> each(List<Feed> feeds, Work<T> work) throws InterruptedException {
        Map<Feed, FutureTask<T>> tasks = new LinkedHashMap<>();
        feeds.forEach(feed -> tasks.put(feed, new FutureTask<>(() -> work.with(feed))));
        List<Thread> threads = new ArrayList<>();
        try {
            for (List<Feed> group : groups(feeds)) {
                List<FutureTask<T>> own = tasks.entrySet().stream()
                        .filter(entry -> group.contains(entry.getKey()))
                        .map(Map.Entry::getValue)
                        .toList();
                threads.add(start(group, () -> own.forEach(FutureTask::run)));
            }
            List<T> results = new ArrayList<>();
            for (FutureTask<T> task : tasks.values()) {
                results.add(result(task));
            }
            return results;
        } finally {
            end(threads);
        }
    }

    private static <T> T result(FutureTask<T> task) throws InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            switch (cause) {
                case InterruptedException interrupted -> throw interrupted;
                case RuntimeException mistake -> throw mistake;
                case Error error -> throw error;
                default -> throw new IllegalStateException(e);
            }
        }
    }

    /** Ends threads, also those that wait for a download. */
    static void end(List<Thread> threads) {
        threads.forEach(Thread::interrupt);
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            // They clean up behind themselves; an interrupt between two reads of a large list takes a moment to be
            // seen.
            for (Thread thread : threads) {
                thread.join(Duration.ofNanos(end - System.nanoTime()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package org.sentrydns.server.plugin;

import java.util.List;

/** Threads that a plugin started and did not end. */
final class LeftThreads {
    /** The thread of dnsjava, which all share, is started by whoever asks first. */
    private static final String SHARED = "dnsjava ";

    private LeftThreads() {}

    /** Names of the living threads that belong to a plugin: their class is its own, or what they load is. */
    @SuppressWarnings("ReferenceEquality") // this very loader, whatever another one calls equal
    static List<String> of(ClassLoader plugin) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread != Thread.currentThread())
                .filter(thread -> !thread.getName().startsWith(SHARED))
                .filter(thread -> thread.getContextClassLoader() == plugin
                        || thread.getClass().getClassLoader() == plugin)
                .map(Thread::getName)
                .sorted()
                .toList();
    }
}

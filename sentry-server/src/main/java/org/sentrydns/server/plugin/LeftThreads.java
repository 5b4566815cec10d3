package org.sentrydns.server.plugin;

import java.util.List;

/** Threads that a plugin started and did not end. */
final class LeftThreads {
    /** The threads of dnsjava, which all share, are started by whoever asks first, and would hold that one's classes. */
    private static final String SHARED = "dnsjava ";

    private LeftThreads() {}

    /** Names of the living threads that belong to a plugin: their class is its own, or what they load is. */
    @SuppressWarnings("ReferenceEquality") // this very loader, whatever another one calls equal
    static List<String> of(ClassLoader plugin) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread != Thread.currentThread())
                .filter(thread -> thread.getContextClassLoader() == plugin
                        || thread.getClass().getClassLoader() == plugin)
                .filter(thread -> !released(thread))
                .map(Thread::getName)
                .sorted()
                .toList();
    }

    private static boolean released(Thread thread) {
        boolean shared = thread.getName().startsWith(SHARED);
        if (shared) {
            thread.setContextClassLoader(LeftThreads.class.getClassLoader());
        }
        return shared;
    }
}

package org.sentrydns.server.loop;

import org.sentrydns.server.log.LogStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a server that has lost what it cannot do without, as Java itself does when the heap is full: half a server would lose its
 * share of the queries for good, and nobody would start it again.
 */
final class LastResort {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.core");
    /** As of {@code -XX:+ExitOnOutOfMemoryError}. */
    private static final int EXIT_CODE = 3;

    private LastResort() {}

    /** Starts a thread that the server cannot do without. */
    static void start(Thread thread) {
        try {
            thread.start();
        } catch (OutOfMemoryError e) {
            end("the thread " + thread.getName() + " cannot be had", e);
        }
    }

    static void end(String why, Throwable cause) {
        LOG.error("{}, so the server ends: {}", why, cause.toString());
        try {
            LogStream.standardError().stopCollecting();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }
}

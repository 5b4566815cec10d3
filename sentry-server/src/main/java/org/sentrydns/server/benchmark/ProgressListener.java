package org.sentrydns.server.benchmark;

import java.time.Duration;

/** Hears about five times a second, and once at the end, how far a benchmark is. */
@FunctionalInterface
public interface ProgressListener {

    /**
     * Called on the thread that runs the benchmark, so it should be quick.
     *
     * @param sent queries sent
     * @param done queries that were answered, lost or went wrong
     * @param total queries to send, 0 when only the duration ends the run
     * @param elapsed time since the first query
     */
    void progress(long sent, long done, long total, Duration elapsed);
}

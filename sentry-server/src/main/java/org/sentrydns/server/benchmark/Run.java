package org.sentrydns.server.benchmark;

import java.util.concurrent.TimeUnit;

/** What the parts of one run share. Thread-safe, but the progress is for the running thread alone. */
record Run(BenchmarkPlan plan, Wire wire, QueryFeed feed, Tally tally, ProgressListener listener, long startNanos) {

    static final long PROGRESS_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** Nanoseconds since the start. */
    long elapsed() {
        return System.nanoTime() - startNanos;
    }

    void progress() {
        tally.report(listener, feed.total(), elapsed());
    }
}

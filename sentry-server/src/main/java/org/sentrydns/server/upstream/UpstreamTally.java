package org.sentrydns.server.upstream;

import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import org.sentrydns.server.stats.Latency;

/** Counts what one upstream has done since the server started, through reloads. Thread-safe. */
final class UpstreamTally {
    private final String name;
    private final LongAdder asked = new LongAdder();
    private final LongAdder won = new LongAdder();
    private final LongAdder replies = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder replyNanos = new LongAdder();
    private final LongAccumulator slowest = new LongAccumulator(Math::max, 0);
    private final Latency latency = new Latency();

    /** @param name how the log and the statistics name it */
    UpstreamTally(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    void asked() {
        asked.increment();
    }

    void won() {
        won.increment();
    }

    void failed() {
        failures.increment();
    }

    void replied(long nanos) {
        replies.increment();
        replyNanos.add(nanos);
        slowest.accumulate(nanos);
        latency.add(nanos);
    }

    /** Whether its replies take less than that on average; false before the first. */
    boolean isQuickerThan(long nanos) {
        long n = replies.sum();
        return n > 0 && replyNanos.sum() / n < nanos;
    }

    UpstreamFigures figures(boolean down) {
        long n = replies.sum();
        return new UpstreamFigures(
                name,
                asked.sum(),
                won.sum(),
                failures.sum(),
                n == 0 ? 0 : replyNanos.sum() / (n * 1e6),
                slowest.get() / 1e6,
                latency.snapshot(),
                down);
    }
}

package org.sentrydns.server.benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Rcode;

/** Counts what became of the queries. Thread-safe. */
final class Tally {

    private static final int RCODES = 16;
    private static final long LONGEST = BenchmarkPlan.MAX_TIMEOUT.toNanos() * 2;

    private final LongAdder sent = new LongAdder();
    private final LongAdder done = new LongAdder();
    private final LongAccumulator busy = new LongAccumulator(Math::max, 0);
    private final LongAdder successful = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final LongAdder[] rcodes =
            IntStream.range(0, RCODES).mapToObj(i -> new LongAdder()).toArray(LongAdder[]::new);
    private final AtomicHistogram nanos = new AtomicHistogram(LONGEST, 3);
    private final AtomicReference<@Nullable String> firstError = new AtomicReference<>();

    /** @param elapsedNanos since the start */
    void sent(long elapsedNanos) {
        sent.increment();
        busy.accumulate(elapsedNanos);
    }

    /** @param elapsedNanos since the start */
    void answered(ByteBuffer reply, long latencyNanos, long elapsedNanos) {
        done.increment();
        busy.accumulate(elapsedNanos);
        rcodes[Wire.rcode(reply)].increment();
        nanos.recordValue(Math.clamp(latencyNanos, 1, LONGEST));
        if (Wire.answers(reply) > 0) {
            successful.increment();
        }
    }

    void lost() {
        done.increment();
        lost.increment();
    }

    void error(IOException cause) {
        done.increment();
        errors.increment();
        firstError.compareAndSet(null, cause.getMessage() == null ? cause.toString() : cause.getMessage());
    }

    void report(ProgressListener listener, long total, long elapsedNanos) {
        listener.progress(sent.sum(), done.sum(), total, Duration.ofNanos(elapsedNanos));
    }

    BenchmarkResult result(Duration elapsed, Duration uptime) {
        SortedMap<String, Long> seen = new TreeMap<>();
        for (int rcode = 0; rcode < RCODES; rcode++) {
            if (rcodes[rcode].sum() > 0) {
                seen.put(Rcode.string(rcode), rcodes[rcode].sum());
            }
        }
        return new BenchmarkResult(
                sent.sum(),
                successful.sum(),
                lost.sum(),
                errors.sum(),
                seen,
                latency(nanos),
                elapsed,
                Duration.ofNanos(busy.get()),
                uptime,
                Optional.ofNullable(firstError.get()));
    }

    private static Optional<BenchmarkResult.Latency> latency(Histogram nanos) {
        if (nanos.getTotalCount() == 0) {
            return Optional.empty();
        }
        return Optional.of(new BenchmarkResult.Latency(
                nanos.getMinValue() / 1e6,
                nanos.getMean() / 1e6,
                nanos.getValueAtPercentile(50) / 1e6,
                nanos.getValueAtPercentile(90) / 1e6,
                nanos.getValueAtPercentile(99) / 1e6,
                nanos.getValueAtPercentile(99.9) / 1e6,
                nanos.getMaxValue() / 1e6));
    }
}

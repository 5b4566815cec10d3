package org.sentrydns.server.stats;

import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** A histogram of times, in fixed buckets. Thread-safe; adding takes no lock and allocates nothing. */
public final class Latency {
    /** The upper ends of all buckets but the last, which has none. */
    private static final long[] BOUNDS = {
        50_000,
        100_000,
        250_000,
        500_000,
        1_000_000,
        2_500_000,
        5_000_000,
        10_000_000,
        25_000_000,
        50_000_000,
        100_000_000,
        250_000_000,
        500_000_000,
        1_000_000_000,
        2_500_000_000L
    };

    private final LongAdder[] counts = new LongAdder[BOUNDS.length + 1];
    private final LongAdder sum = new LongAdder();
    private final LongAccumulator longest = new LongAccumulator(Math::max, 0);

    public Latency() {
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
        }
    }

    /**
     * What was added so far. Immutable, as long as nobody writes to the arrays.
     *
     * @param bounds the upper ends in nanoseconds; the last bucket has none
     * @param counts how many times fell into each bucket, one more than bounds
     * @param sumNanos all times together
     * @param longestNanos the longest of them, or of some before them
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Snapshot(long[] bounds, long[] counts, long sumNanos, long longestNanos) {

        public long count() {
            long count = 0;
            for (long n : counts) {
                count += n;
            }
            return count;
        }

        /** What came since an earlier snapshot of the same histogram. */
        public Snapshot since(Snapshot earlier) {
            long[] difference = counts.clone();
            for (int i = 0; i < difference.length; i++) {
                difference[i] -= earlier.counts[i];
            }
            return new Snapshot(bounds, difference, sumNanos - earlier.sumNanos, longestNanos);
        }

        /** The milliseconds within which that share of all stayed, between the ends of its bucket; 0 if there are none. */
        public double percentileMillis(double share) {
            double wanted = share * count();
            long before = 0;
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] > 0 && before + counts[i] >= wanted) {
                    long from = i == 0 ? 0 : bounds[i - 1];
                    long end = i < bounds.length ? Math.min(bounds[i], longestNanos) : longestNanos;
                    double length = Math.max(0, end - from);
                    return (from + length * (wanted - before) / counts[i]) / 1e6;
                }
                before += counts[i];
            }
            return 0;
        }
    }

    public void add(long nanos) {
        int bucket = 0;
        while (bucket < BOUNDS.length && nanos > BOUNDS[bucket]) {
            bucket++;
        }
        counts[bucket].increment();
        sum.add(nanos);
        longest.accumulate(nanos);
    }

    public Snapshot snapshot() {
        long[] now = new long[counts.length];
        for (int i = 0; i < now.length; i++) {
            now[i] = counts[i].sum();
        }
        return new Snapshot(BOUNDS.clone(), now, sum.sum(), longest.get());
    }
}

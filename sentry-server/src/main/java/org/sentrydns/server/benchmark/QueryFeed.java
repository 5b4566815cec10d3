package org.sentrydns.server.benchmark;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Hands out the queries in the order of their names, each with the moment it is due. Thread-safe.
 *
 * <p>Due moments follow from the rate alone and not from the replies, so a slow server meets the same load as a fast
 * one until all of the concurrency waits for it.
 */
final class QueryFeed {

    /** A query: the offset of its name in Names, and when it is due, in nanoseconds after the start. */
    record Ticket(int name, long due) {}

    private final Names names;
    private final long total;
    private final long durationNanos;
    private final double rate;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean ended;
    private long taken;
    private int name;

    QueryFeed(BenchmarkPlan plan, Names names) {
        this.names = names;
        this.rate = plan.rate();
        this.durationNanos =
                plan.duration().isZero() ? Long.MAX_VALUE : plan.duration().toNanos();
        this.total = plan.limit() > 0 ? plan.limit() : plan.duration().isZero() ? names.count() : Long.MAX_VALUE;
    }

    /** The number of queries, 0 when only the duration ends the run. */
    long total() {
        return total == Long.MAX_VALUE ? 0 : total;
    }

    /** Whether at this moment, in nanoseconds after the start, no query may be sent any more. */
    boolean over(long elapsed) {
        return ended || elapsed >= durationNanos;
    }

    /** Hands out no more. */
    void end() {
        ended = true;
    }

    /** The next query, or null when it would not be due before the end. */
    @Nullable
    Ticket take() {
        lock.lock();
        try {
            long due = due(taken);
            if (ended || taken == total || due >= durationNanos) {
                return null;
            }
            Ticket ticket = new Ticket(name, due);
            taken++;
            name = names.after(name);
            return ticket;
        } finally {
            lock.unlock();
        }
    }

    private long due(long number) {
        return rate == 0 ? 0 : (long) (number / rate * 1e9);
    }
}

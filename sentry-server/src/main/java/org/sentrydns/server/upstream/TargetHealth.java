package org.sentrydns.server.upstream;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How one upstream does. Thread-safe. It is down when several questions in a row got no reply and the oldest of them has
 * waited for long, or when it failed several times in a row; then it is asked last, and probed at growing intervals.
 */
final class TargetHealth {
    private static final int IN_A_ROW = 3;
    private static final long SILENT_NANOS = 1_000_000_000L;
    private static final long FIRST_PROBE_NANOS = 1_000_000_000L;
    private static final long LAST_PROBE_NANOS = 60_000_000_000L;

    private static final Logger LOG = LoggerFactory.getLogger("sentry.net");
    /** One that comes and goes all the time has no more lines in the log. */
    private static final long SAID_NANOS = 60_000_000_000L;

    private final UpstreamTally tally;
    private final boolean announced;
    private final LongSupplier nanoTime;
    private final AtomicLong unanswered = new AtomicLong();
    private final AtomicLong failedInARow = new AtomicLong();
    private final AtomicLong nextProbe = new AtomicLong();
    private volatile long unansweredSince;
    private volatile long probeInterval = FIRST_PROBE_NANOS;
    private final AtomicBoolean down = new AtomicBoolean();
    private final AtomicLong saidAt;
    private volatile boolean said;

    /**
     * One that is up.
     *
     * @param tally counts what it does
     * @param announced whether the log says when it is down, and when it is back
     */
    TargetHealth(UpstreamTally tally, boolean announced, LongSupplier nanoTime) {
        this.tally = tally;
        this.announced = announced;
        this.nanoTime = nanoTime;
        this.saidAt = new AtomicLong(nanoTime.getAsLong() - SAID_NANOS);
    }

    /** A question goes out; the result goes back to {@link #replied}. */
    long asked() {
        tally.asked();
        long now = nanoTime.getAsLong();
        if (unanswered.get() == 0) {
            // Before others can see that one is out.
            unansweredSince = now;
        }
        if (unanswered.incrementAndGet() > IN_A_ROW && !down.get() && now - unansweredSince > SILENT_NANOS) {
            fall(now);
            announceFall(now, "no reply");
        }
        return now;
    }

    /** Nobody waits for the reply any more, which says nothing about the upstream. */
    void calledOff() {
        unanswered.updateAndGet(n -> Math.max(0, n - 1));
    }

    /** A reply came, in time or late. */
    void replied(long askedAt) {
        tally.replied(nanoTime.getAsLong() - askedAt);
        unanswered.set(0);
        failedInARow.set(0);
        if (down.get() && down.compareAndSet(true, false)) {
            announceRise();
        }
        probeInterval = FIRST_PROBE_NANOS;
    }

    /**
     * No reply in time, or an error.
     *
     * @param why for people
     */
    void failed(String why) {
        tally.failed();
        if (failedInARow.incrementAndGet() >= IN_A_ROW) {
            long now = nanoTime.getAsLong();
            if (!down.get()) {
                fall(now);
            }
            announceFall(now, why);
        }
    }

    void won() {
        tally.won();
    }

    /** Whether its replies take less than that on average; false before the first. */
    boolean isQuickerThan(long nanos) {
        return tally.isQuickerThan(nanos);
    }

    boolean isDown() {
        return down.get();
    }

    /** Whether it is time to look if it is back; true once an interval. */
    boolean wantsProbe() {
        if (!down.get()) {
            return false;
        }
        long now = nanoTime.getAsLong();
        long due = nextProbe.get();
        if (now - due < 0 || !nextProbe.compareAndSet(due, now + probeInterval)) {
            return false;
        }
        probeInterval = Math.min(LAST_PROBE_NANOS, 2 * probeInterval);
        return true;
    }

    private void fall(long now) {
        nextProbe.set(now + FIRST_PROBE_NANOS);
        probeInterval = FIRST_PROBE_NANOS;
        down.set(true);
    }

    /** At once, or when a minute is over and it is still down. */
    private void announceFall(long now, String why) {
        long before = saidAt.get();
        if (announced && !said && now - before >= SAID_NANOS && saidAt.compareAndSet(before, now)) {
            said = true;
            LOG.warn("upstream {} is down: {}; it is asked last, until it answers again", tally.name(), why);
            if (!down.get()) {
                announceRise();
            }
        }
    }

    private void announceRise() {
        if (said) {
            said = false;
            LOG.info("upstream {} is back", tally.name());
        }
    }

    /** The figures for the statistics. */
    UpstreamFigures figures() {
        return tally.figures(down.get());
    }
}

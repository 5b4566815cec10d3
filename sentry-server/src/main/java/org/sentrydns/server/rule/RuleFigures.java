package org.sentrydns.server.rule;

import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;

/** What a rule has done so far. Thread-safe. */
public final class RuleFigures {
    private final LongAdder hits = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final LongAdder stopped = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final LongAdder passedOver = new LongAdder();
    private volatile long lastHit;

    void tried(long time) {
        nanos.add(time);
    }

    void hit() {
        hits.increment();
        lastHit = System.currentTimeMillis();
    }

    /** How often its expression was stopped, this time included. */
    long stopped() {
        stopped.increment();
        return stopped.sum();
    }

    /** How often it failed, this time included. */
    long failed() {
        errors.increment();
        return errors.sum();
    }

    void passedOver() {
        passedOver.increment();
    }

    /** Queries on which it failed. */
    public long errors() {
        return errors.sum();
    }

    /** Queries that it concerned while it was paused. */
    public long timesPassedOver() {
        return passedOver.sum();
    }

    /** Queries that it concerned. */
    public long hits() {
        return hits.sum();
    }

    /** When it last did; the epoch if never. */
    public Instant lastHit() {
        return Instant.ofEpochMilli(lastHit);
    }

    /** Nanoseconds spent on trying and applying it. */
    public long nanos() {
        return nanos.sum();
    }

    /** How often its expression went back and forth for too long. */
    public long timesStopped() {
        return stopped.sum();
    }
}

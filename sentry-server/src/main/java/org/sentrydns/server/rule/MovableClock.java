package org.sentrydns.server.rule;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * The time that conditions see: that of another clock, or one that is asked about. It must not stand still while rules decide
 * about clients' queries. Thread-safe.
 */
public final class MovableClock extends Clock {
    private final Clock real;
    private volatile @Nullable Clock held;

    public MovableClock(Clock real) {
        this.real = real;
    }

    /** Stands at a moment until {@link #goOn}. */
    public void holdAt(Question.Moment moment) {
        held = moment.clock(real);
    }

    /** Shows the real time again. */
    public void goOn() {
        held = null;
    }

    private Clock shown() {
        Clock known = held;
        return known == null ? real : known;
    }

    @Override
    public Instant instant() {
        return shown().instant();
    }

    @Override
    public ZoneId getZone() {
        return real.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return shown().withZone(zone);
    }
}

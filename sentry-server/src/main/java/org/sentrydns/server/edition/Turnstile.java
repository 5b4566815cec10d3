package org.sentrydns.server.edition;

import java.util.concurrent.atomic.LongAdder;

/**
 * Knows whether anybody is still inside. Thread-safe; going in and out costs some nanoseconds, takes no lock and makes
 * nothing.
 *
 * <p>Whoever goes in must look again, after {@link #enter}, whether the door is still the one to use, and {@link #leave} at
 * once if not. Whoever shuts the door shows everybody another one first, by a volatile write, and then asks {@link #isEmpty}:
 * who went in before the write is counted by then, who comes later turns round. Those who left are summed up before those who
 * came, so that a visitor in between makes the sums differ and never makes them equal too early.
 */
public final class Turnstile {
    private final LongAdder came = new LongAdder();
    private final LongAdder left = new LongAdder();

    public void enter() {
        came.increment();
    }

    public void leave() {
        left.increment();
    }

    /** Whether all who came have left; to be asked when the door is shut. */
    public boolean isEmpty() {
        return inside() == 0;
    }

    /** How many are inside. */
    public long inside() {
        long gone = left.sum();
        return came.sum() - gone;
    }
}

package org.sentrydns.server.list;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** When to ask again. Confined to one thread. */
final class RefreshTimes {
    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration LAST = Duration.ofHours(1);

    private final Duration refresh;
    private final RandomGenerator random;
    private int failures;

    RefreshTimes(Duration refresh, RandomGenerator random) {
        this.refresh = refresh;
        this.random = random;
    }

    /** Spread by a tenth, so that servers which started together do not ask together for ever. */
    Duration afterSuccess() {
        failures = 0;
        return Duration.ofNanos((long) (refresh.toNanos() * (0.9 + 0.2 * random.nextDouble())));
    }

    /** A minute, doubled with every failure, to an hour; never longer than the refresh. */
    Duration afterFailure() {
        Duration wait = FIRST.multipliedBy(1L << Math.min(failures++, 6));
        Duration most = refresh.compareTo(LAST) < 0 ? refresh : LAST;
        return wait.compareTo(most) < 0 ? wait : most;
    }
}

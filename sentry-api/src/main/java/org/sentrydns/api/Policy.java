package org.sentrydns.api;

import java.time.Duration;
import java.util.Objects;

/**
 * How several upstreams are asked. Under each policy a <i>success</i> is NOERROR or NXDOMAIN to the question that was
 * asked; any other reply only counts when nobody succeeds.
 *
 * @since 1.0
 */
public sealed interface Policy {

    /**
     * All at once; the first success wins and the others are cancelled.
     *
     * @since 1.0
     */
    record Race() implements Policy {}

    /**
     * One after the other, in order; the next when one has failed or has used its share of the time.
     *
     * @since 1.0
     */
    record Failover() implements Policy {}

    /**
     * In order; the next joins when those before have failed or have not answered for some time.
     *
     * @param delay how long to wait before the next joins; positive, and no more than nanoseconds in a long can say (292 years)
     * @since 1.0
     */
    record Hedge(Duration delay) implements Policy {
        /**
         * Checks the delay.
         *
         * @throws NullPointerException if there is none
         * @throws IllegalArgumentException if it is out of range
         * @since 1.0
         */
        public Hedge {
            Objects.requireNonNull(delay, "a hedge needs a delay");
            if (!delay.isPositive() || delay.compareTo(Duration.ofNanos(Long.MAX_VALUE)) > 0) {
                throw new IllegalArgumentException("a hedge needs a positive delay of at most 292 years, got " + delay);
            }
        }
    }
}

package org.sentrydns.server.list;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What lists need of the world around them. Thread-safe.
 *
 * @param nanoTime measures
 * @param clock dates the copies
 * @param pause waits between the steps
 * @param random spreads the refreshes
 * @param look how often a file is looked at
 */
record Surroundings(LongSupplier nanoTime, Clock clock, Pause pause, RandomGenerator random, Duration look) {

    static Surroundings real() {
        return new Surroundings(
                System::nanoTime,
                Clock.systemUTC(),
                Thread::sleep,
                () -> ThreadLocalRandom.current().nextLong(),
                Duration.ofSeconds(2));
    }

    Duration since(long begun) {
        return Duration.ofNanos(nanoTime.getAsLong() - begun);
    }
}

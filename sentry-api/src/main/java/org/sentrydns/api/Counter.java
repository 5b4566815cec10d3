package org.sentrydns.api;

/**
 * A number that only grows. Thread-safe, and cheap where many threads add to it.
 *
 * @since 1.0
 */
public interface Counter {

    /**
     * Adds to it.
     *
     * @param amount 0 or more
     * @throws IllegalArgumentException if it is negative
     * @since 1.0
     */
    void add(long amount);

    /**
     * Adds one.
     *
     * @since 1.0
     */
    default void increment() {
        add(1);
    }
}

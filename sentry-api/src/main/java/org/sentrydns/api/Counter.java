package org.sentrydns.api;

/** A number that only grows. Thread-safe, and cheap where many threads add to it. */
public interface Counter {

    /**
     * Adds to it.
     *
     * @param amount 0 or more
     */
    void add(long amount);

    /** Adds one. */
    default void increment() {
        add(1);
    }
}

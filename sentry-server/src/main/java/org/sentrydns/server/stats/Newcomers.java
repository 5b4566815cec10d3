package org.sentrydns.server.stats;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How often keys were seen lately that have no place among the most seen ones. Thread-safe. Each has a number by its
 * fingerprint here, and the next key with the same place takes it over: a key that comes once leaves no object behind, which
 * matters to the collector when there are thousands a second.
 */
final class Newcomers {
    private static final int COUNT_BITS = 32;

    /** Half of the fingerprint, and the count. */
    private final AtomicLongArray places;

    /** @param size a power of two */
    Newcomers(int size) {
        places = new AtomicLongArray(size);
    }

    /** Counts a key and says how often it was seen, this time included. One that is lost to another thread does not matter. */
    int seen(long fingerprint) {
        int mark = (int) (fingerprint >>> COUNT_BITS);
        int place = (int) fingerprint & (places.length() - 1);
        long before = places.get(place);
        int count = (int) (before >> COUNT_BITS) == mark ? (int) before : 0;
        places.set(place, ((long) mark << COUNT_BITS) | (count + 1));
        return count + 1;
    }
}

package org.sentrydns.server.stats;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How often keys were seen lately that have no place among the most seen ones. Thread-safe. Each has a number by its hash code
 * here, and the next key with the same place takes it over: a key that comes once leaves no object behind, which matters to
 * the collector when there are thousands a second.
 */
final class Newcomers {
    private static final int COUNT_BITS = 32;
    private static final int SPREAD = 0x9E3779B9;

    /** Hash code and count. */
    private final AtomicLongArray places;

    Newcomers(int atLeast) {
        places = new AtomicLongArray(Integer.highestOneBit(2 * atLeast));
    }

    /** Counts a key and says how often it was seen, this time included. One that is lost to another thread does not matter. */
    int seen(Object key) {
        int hash = key instanceof String text ? hash(text) : key.hashCode() * SPREAD;
        int place = hash >>> (Integer.numberOfLeadingZeros(places.length()) + 1);
        long before = places.get(place);
        int count = (int) (before >> COUNT_BITS) == hash ? (int) before : 0;
        places.set(place, ((long) hash << COUNT_BITS) | (count + 1));
        return count + 1;
    }

    /** {@link String#hashCode} is the same for many names that differ in a few letters, as those of machines do. */
    private static int hash(String text) {
        int hash = 0x811C9DC5;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * SPREAD;
            hash ^= hash >>> 15;
        }
        return hash;
    }
}

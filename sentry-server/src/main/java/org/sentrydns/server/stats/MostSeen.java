package org.sentrydns.server.stats;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How often each key was seen, for those that are seen most. Thread-safe. Bounded: when more come than fit, those that are
 * seen rarely are forgotten, so a stream of random names does not push out the popular ones.
 *
 * <p>A key has its place in one of two rows of eight, and is known there by its fingerprint: counting one that is known reads a
 * few words of memory, follows no reference and takes no lock.
 */
public final class MostSeen<K> {
    private static final int ROW = 8;
    private static final long OTHER_ROW = 0xC2B2AE3D27D4EB4FL;
    private static final int NONE = -1;

    private final ToLongFunction<? super K> fingerprint;
    private final int shift;
    /** By place; 0 where it is free. The places of a row are taken from its beginning on, and never become free. */
    private final AtomicLongArray prints;

    private final AtomicLongArray counts;
    private final AtomicReferenceArray<@Nullable K> keys;
    /** To take a place. */
    private final Lock lock = new ReentrantLock();

    private final Newcomers newcomers;

    /**
     * An empty one.
     *
     * @param atLeast how many keys have room, whatever they are; as a rule some more have
     * @param fingerprint see {@link Fingerprint}
     */
    public MostSeen(int atLeast, ToLongFunction<? super K> fingerprint) {
        this.fingerprint = fingerprint;
        // With five of eight places taken on average, it does not happen that both rows of a key are full.
        int rows = Integer.highestOneBit(Math.max(1, atLeast / 5)) * 2;
        this.shift = Long.numberOfLeadingZeros(rows) + 1;
        this.prints = new AtomicLongArray(rows * ROW);
        this.counts = new AtomicLongArray(rows * ROW);
        this.keys = new AtomicReferenceArray<>(rows * ROW);
        this.newcomers = new Newcomers(rows * ROW);
    }

    public void add(K key) {
        long print = fingerprint.applyAsLong(key);
        int place = place(print);
        if (place != NONE) {
            counts.getAndIncrement(place);
        } else {
            meet(key, print);
        }
    }

    /** Where both rows are full, it must come a second time before the one that was seen least there makes room. */
    private void meet(K key, long print) {
        boolean full = freePlace(print) == NONE;
        int seen = full ? newcomers.seen(print) : 1;
        if (full && seen == 1) {
            return;
        }
        lock.lock();
        try {
            int known = place(print);
            int free = freePlace(print);
            if (known != NONE) {
                counts.getAndAdd(known, seen);
            } else if (free != NONE || seen > 1) {
                take(free != NONE ? free : leastSeen(print), key, print, seen);
            }
        } finally {
            lock.unlock();
        }
    }

    private void take(int place, K key, long print, long seen) {
        counts.set(place, seen);
        keys.set(place, key);
        prints.set(place, print);
    }

    private int row(long print) {
        return (int) (print >>> shift) * ROW;
    }

    private int otherRow(long print) {
        return row(print * OTHER_ROW);
    }

    private int place(long print) {
        int place = placeIn(row(print), print);
        return place != NONE ? place : placeIn(otherRow(print), print);
    }

    private int placeIn(int row, long print) {
        for (int place = row; place < row + ROW; place++) {
            long there = prints.getOpaque(place);
            if (there == print) {
                return place;
            }
            if (there == 0) {
                break;
            }
        }
        return NONE;
    }

    /** In the row that has more of them. */
    private int freePlace(long print) {
        int row = row(print);
        int other = otherRow(print);
        int taken = taken(row);
        int takenThere = taken(other);
        if (taken == ROW && takenThere == ROW) {
            return NONE;
        }
        return taken <= takenThere ? row + taken : other + takenThere;
    }

    private int taken(int row) {
        int taken = 0;
        while (taken < ROW && prints.getOpaque(row + taken) != 0) {
            taken++;
        }
        return taken;
    }

    private int leastSeen(long print) {
        int here = leastSeenIn(row(print));
        int there = leastSeenIn(otherRow(print));
        return counts.get(here) <= counts.get(there) ? here : there;
    }

    private int leastSeenIn(int row) {
        int least = row;
        for (int place = row + 1; place < row + ROW; place++) {
            if (counts.get(place) < counts.get(least)) {
                least = place;
            }
        }
        return least;
    }

    /** The most seen, most first; at the same count in reverse order of how they are written. */
    public List<Map.Entry<K, Long>> top(int limit) {
        return IntStream.range(0, prints.length())
                .filter(place -> prints.get(place) != 0)
                .mapToObj(place -> Map.entry(Objects.requireNonNull(keys.get(place)), counts.get(place)))
                .sorted(Map.Entry.<K, Long>comparingByValue()
                        .thenComparing(e -> e.getKey().toString())
                        .reversed())
                .limit(limit)
                .toList();
    }

    /** How many have a place. */
    long size() {
        return IntStream.range(0, prints.length())
                .filter(place -> prints.get(place) != 0)
                .count();
    }
}

package org.sentrydns.server.cache;

/**
 * Fingerprints of entries that had to go, about as many as there are entries. It forgets by chance, and takes one for another
 * very seldom. Confined to whoever holds its segment's lock.
 */
final class RecentlyGone {
    private static final int MOST = 1 << 22;

    private final int most;
    private int[] prints = {0};

    /** @param entries how many there are at most */
    RecentlyGone(int entries) {
        most = Integer.highestOneBit(Math.min(entries, MOST)) << 1;
    }

    void add(long print) {
        if (prints.length < most) {
            prints = new int[most];
        }
        prints[place(print)] = rest(print);
    }

    boolean has(long print) {
        return prints[place(print)] == rest(print);
    }

    private int place(long print) {
        return (int) print & (prints.length - 1);
    }

    /** Never 0, which stands for none. */
    private static int rest(long print) {
        return (int) (print >>> 32) | 1;
    }
}

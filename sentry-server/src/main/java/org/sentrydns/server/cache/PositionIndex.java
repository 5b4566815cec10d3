package org.sentrydns.server.cache;

/**
 * The positions of entries by the fingerprints of their keys: a table with open addressing. Several may have the same. Confined
 * to whoever holds its segment's lock.
 */
final class PositionIndex {
    /** What one entry takes in it, in bytes, at most. */
    static final int BYTES = 4 * Long.BYTES;

    private static final int TAG_BITS = 22;
    private static final long TAG = (1L << TAG_BITS) - 1;
    private static final long TAKEN = 1L << EntryLog.LOW_BITS;
    private static final long SECOND = TAKEN << 1;
    private static final int TAG_AT = EntryLog.LOW_BITS + 2;
    private static final int SMALLEST = 64;

    /**
     * From the top: some bits of the fingerprint, a bit for the second log, a bit that is set, the low bits of the position; 0
     * for nothing.
     */
    private long[] slots = new long[SMALLEST];

    private int size;

    int size() {
        return size;
    }

    /** The slot where an entry with that fingerprint would be, if it were alone. */
    int home(long print) {
        return (int) (print & TAG & (slots.length - 1));
    }

    int next(int slot) {
        return (slot + 1) & (slots.length - 1);
    }

    boolean isFree(int slot) {
        return slots[slot] == 0;
    }

    /** Whether a slot may belong to that fingerprint. */
    boolean mayBe(int slot, long print) {
        return slots[slot] >>> TAG_AT == (print & TAG);
    }

    /** The low bits of its position, see {@link EntryLog#whole}. */
    long low(int slot) {
        return slots[slot] & EntryLog.LOW;
    }

    /** Whether it lies in the second of two logs. */
    boolean isInSecond(int slot) {
        return (slots[slot] & SECOND) != 0;
    }

    /** Enters the new position of what has moved. */
    void move(int slot, boolean second, long position) {
        slots[slot] = (slots[slot] & ~(SECOND | EntryLog.LOW)) | place(second, position);
    }

    private static long place(boolean second, long position) {
        return TAKEN | (second ? SECOND : 0) | (position & EntryLog.LOW);
    }

    void add(long print, boolean second, long position) {
        if (2 * size >= slots.length) {
            grow();
        }
        put(print << TAG_AT | place(second, position));
        size++;
    }

    private void put(long content) {
        int slot = home(content >>> TAG_AT);
        while (!isFree(slot)) {
            slot = next(slot);
        }
        slots[slot] = content;
    }

    private void grow() {
        long[] before = slots;
        slots = new long[2 * before.length];
        for (long content : before) {
            if (content != 0) {
                put(content);
            }
        }
    }

    /** Frees a slot; those behind it move up, so that each is still found from its home. */
    void remove(int slot) {
        int hole = slot;
        for (int next = next(slot); !isFree(next); next = next(next)) {
            int home = home(slots[next] >>> TAG_AT);
            if (distance(home, next) >= distance(hole, next)) {
                slots[hole] = slots[next];
                hole = next;
            }
        }
        slots[hole] = 0;
        size--;
    }

    private int distance(int from, int to) {
        return (to - from) & (slots.length - 1);
    }
}

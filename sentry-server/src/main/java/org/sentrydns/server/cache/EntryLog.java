package org.sentrydns.server.cache;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Entries one behind the other, in few large arrays that are used again and again: what comes and goes is neither moved about
 * by the collector nor left for it. New ones are added behind the last, and only the first can be dropped. Each begins with its
 * length. Confined to whoever holds its segment's lock.
 */
final class EntryLog {
    /** Of one array; an entry lies in one of them. */
    static final int CHUNK = 1 << 17;

    /** So many bits of a position tell it from all others that are in use. */
    static final int LOW_BITS = 40;

    static final long LOW = (1L << LOW_BITS) - 1;

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final byte[] @Nullable [] chunks;
    private byte @Nullable [] spare;
    /** Positions: of the first entry, and behind the last. They only grow. */
    private long first;

    private long end;
    private long live;

    /**
     * An empty one.
     *
     * @param capacity what is used at most
     * @param ahead how many entries may be added beyond that before as many are dropped
     */
    EntryLog(long capacity, int ahead) {
        this(capacity, ahead, 0);
    }

    /** @param start the first position, a multiple of {@link #CHUNK} */
    EntryLog(long capacity, int ahead, long start) {
        first = start;
        end = start;
        chunks = new byte[Math.toIntExact(capacity / CHUNK) + ahead + 3][];
    }

    /** The bytes from the first entry's to the last one's. */
    long used() {
        return end - first;
    }

    /** The position of an entry, of which the low bits are known. */
    long whole(long low) {
        return first + ((low - first) & LOW);
    }

    /** What is used by entries that nobody has taken out. */
    long live() {
        return live;
    }

    /** The entry at a position counts as used no longer; it stays until it is the first, and is dropped. */
    void takeOut(long position) {
        live -= length(position);
    }

    /** The array that has what is at a position. */
    byte[] chunk(long position) {
        byte[] chunk = chunks[place(position)];
        if (chunk == null) {
            throw new IllegalStateException("nothing at " + position + ", from " + first + " to " + end);
        }
        return chunk;
    }

    /** Where in its array a position is. */
    static int offset(long position) {
        return (int) position & (CHUNK - 1);
    }

    private int place(long position) {
        return (int) (position / CHUNK % chunks.length);
    }

    static int getInt(byte[] chunk, int at) {
        return (int) INTS.get(chunk, at);
    }

    static void putInt(byte[] chunk, int at, int value) {
        INTS.set(chunk, at, value);
    }

    static long getLong(byte[] chunk, int at) {
        return (long) LONGS.get(chunk, at);
    }

    static void putLong(byte[] chunk, int at, long value) {
        LONGS.set(chunk, at, value);
    }

    /**
     * Makes room for an entry behind the last, and writes its length.
     *
     * @param length at most {@link #CHUNK}, a multiple of 4
     * @return its position
     */
    long add(int length) {
        int offset = offset(end);
        if (offset + length > CHUNK) {
            putInt(chunk(end), offset, 0);
            end += CHUNK - offset;
        }
        long position = end;
        if (offset(position) == 0) {
            begin(place(position));
        }
        putInt(chunk(position), offset(position), length);
        end += length;
        live += length;
        return position;
    }

    private void begin(int place) {
        if (chunks[place] != null) {
            throw new IllegalStateException("no room behind " + end + ", the first is at " + first);
        }
        chunks[place] = spare == null ? new byte[CHUNK] : spare;
        spare = null;
    }

    /** The position of the first entry; there must be one. */
    long first() {
        int offset = offset(first);
        if (offset != 0 && getInt(chunk(first), offset) == 0) {
            leave(first, first + CHUNK - offset);
        }
        return first;
    }

    /** How long the entry at a position is. */
    int length(long position) {
        return getInt(chunk(position), offset(position));
    }

    /** Drops the first entry, which was taken out before. */
    void dropFirst() {
        long position = first();
        leave(position, position + length(position));
    }

    private void leave(long position, long next) {
        first = next;
        if (position / CHUNK != next / CHUNK) {
            int place = place(position);
            spare = chunks[place];
            chunks[place] = null;
        }
    }
}

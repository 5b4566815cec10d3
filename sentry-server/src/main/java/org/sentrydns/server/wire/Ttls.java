package org.sentrydns.server.wire;

import java.util.Arrays;

/**
 * The times to live in a message: where they stand, and for how long the whole may be kept. Immutable.
 *
 * @param offsets where each TTL stands, the OPT record's place aside
 * @param seconds the least of them; for a negative answer at most what its SOA says (RFC 2308 section 5); 0 if the message
 *     must not be kept
 * @param negative whether it says that there is nothing
 */
public record Ttls(int[] offsets, long seconds, boolean negative) {
    private static final int SOA = 6;
    private static final int OPT = 41;
    private static final int ANY = 255;
    private static final int SHORTEST_SOA = 22;

    /**
     * Reads them.
     *
     * @param message a message whose shape was checked
     */
    public static Ttls of(byte[] message, MessageShape shape) {
        int asked = Header.u16(message, shape.questionEnd() - 4);
        RecordCursor record = new RecordCursor(message, shape);
        int[] offsets = new int[record.size()];
        int used = 0;
        long least = Long.MAX_VALUE;
        long soa = -1;
        boolean positive = false;
        while (record.next()) {
            if (record.type() == OPT) {
                continue;
            }
            offsets[used++] = record.ttlAt();
            long ttl = ttl(message, record.ttlAt());
            least = Math.min(least, ttl);
            positive |= record.isAnswer() && (record.type() == asked || asked == ANY);
            if (record.type() == SOA && record.isAuthority() && record.end() - record.data() >= SHORTEST_SOA) {
                soa = Math.min(ttl, ttl(message, record.end() - 4));
            }
        }
        long seconds = positive ? least : soa >= 0 ? Math.min(least, soa) : 0;
        return new Ttls(Arrays.copyOf(offsets, used), seconds, !positive);
    }

    /** A TTL with its top bit set is 0 (RFC 2181 section 8). */
    private static long ttl(byte[] message, int at) {
        long value = (long) Header.u16(message, at) << 16 | Header.u16(message, at + 2);
        return value > Integer.MAX_VALUE ? 0 : value;
    }

    /** Makes the TTL at a place some seconds older, but not less than 0. */
    public static void age(byte[] message, int at, long bySeconds) {
        put(message, at, Math.max(0, ttl(message, at) - bySeconds));
    }

    /** Brings the TTL at a place between two bounds, in seconds. */
    public static void clamp(byte[] message, int at, long min, long max) {
        put(message, at, Math.clamp(ttl(message, at), min, max));
    }

    /** A copy of the message whose TTLs lie between two bounds, in seconds. */
    public byte[] clamped(byte[] message, long min, long max) {
        byte[] copy = message.clone();
        for (int at : offsets) {
            clamp(copy, at, min, max);
        }
        return copy;
    }

    private static void put(byte[] message, int at, long ttl) {
        Header.put16(message, at, (int) (ttl >> 16));
        Header.put16(message, at + 2, (int) ttl);
    }
}

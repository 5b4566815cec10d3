package org.sentrydns.server.cache;

import java.util.Arrays;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.Ttls;

/**
 * How a reply lies in an {@link EntryLog}: its length, the key's fingerprint, when it came, for how long it is true, how it was
 * used; then the key, the message, and where each of the message's TTLs stands. All methods are confined to whoever holds its
 * segment's lock.
 */
final class Entry {
    /** No more uses than this are told apart. */
    static final int OFTEN = 3;

    private static final long SECOND = 1_000_000_000L;
    private static final long STALE_TTL = 30;
    private static final int PREFETCH_SHARE = 10;
    private static final byte PREFETCHED = -1;

    private static final int PRINT = 4;
    private static final int STORED_AT = 12;
    private static final int SECONDS = 20;
    /** Uses since the entry was last looked at for its place; {@link #DEAD} for one that is in no index. */
    private static final int USES = 24;
    /** Answers, up to {@link #OFTEN}, then {@link #PREFETCHED}. */
    private static final int ANSWERS = 25;

    private static final int KEY_LENGTH = 26;
    private static final int MESSAGE_LENGTH = 28;
    private static final int TTLS = 30;
    private static final int KEY = 32;
    private static final byte DEAD = -1;
    private static final int OFFSET = 2;

    private Entry() {}

    /** How long an entry is, a multiple of 4. */
    static int length(CacheKey key, byte[] message, Ttls ttls) {
        int length = KEY + key.bytes().length + message.length + OFFSET * ttls.offsets().length;
        return (length + 3) & ~3;
    }

    /** Writes all but the length. */
    static void write(
            byte[] chunk, int at, CacheKey key, byte[] message, Ttls ttls, long seconds, long now, byte uses) {
        byte[] name = key.bytes();
        int[] offsets = ttls.offsets();
        EntryLog.putLong(chunk, at + PRINT, key.print());
        EntryLog.putLong(chunk, at + STORED_AT, now);
        EntryLog.putInt(chunk, at + SECONDS, Math.toIntExact(seconds));
        chunk[at + USES] = uses;
        chunk[at + ANSWERS] = 0;
        Header.put16(chunk, at + KEY_LENGTH, name.length);
        Header.put16(chunk, at + MESSAGE_LENGTH, message.length);
        Header.put16(chunk, at + TTLS, offsets.length);
        int to = at + KEY;
        System.arraycopy(name, 0, chunk, to, name.length);
        to += name.length;
        System.arraycopy(message, 0, chunk, to, message.length);
        to += message.length;
        for (int offset : offsets) {
            Header.put16(chunk, to, offset);
            to += OFFSET;
        }
    }

    static long print(byte[] chunk, int at) {
        return EntryLog.getLong(chunk, at + PRINT);
    }

    static boolean hasKey(byte[] chunk, int at, CacheKey key) {
        byte[] name = key.bytes();
        return print(chunk, at) == key.print()
                && Header.u16(chunk, at + KEY_LENGTH) == name.length
                && Arrays.equals(chunk, at + KEY, at + KEY + name.length, name, 0, name.length);
    }

    static byte uses(byte[] chunk, int at) {
        return chunk[at + USES];
    }

    static boolean isDead(byte[] chunk, int at) {
        return chunk[at + USES] == DEAD;
    }

    static void kill(byte[] chunk, int at) {
        chunk[at + USES] = DEAD;
    }

    /** Whether it was used since it was last asked so often; takes one use away. */
    static boolean takeUse(byte[] chunk, int at) {
        if (chunk[at + USES] <= 0) {
            return false;
        }
        chunk[at + USES]--;
        return true;
    }

    /** Whether not even a stale answer can be made of it any more. */
    static boolean isOver(byte[] chunk, int at, long now, long stale) {
        return age(chunk, at, now) >= lifetime(chunk, at) + stale;
    }

    private static long age(byte[] chunk, int at, long now) {
        return now - EntryLog.getLong(chunk, at + STORED_AT);
    }

    private static long lifetime(byte[] chunk, int at) {
        return EntryLog.getInt(chunk, at + SECONDS) * SECOND;
    }

    /** The reply as it is to be sent now: with its TTLs as old as it is, or stale (RFC 8767 section 4). Counts as a use. */
    static CachedReply use(byte[] chunk, int at, long now) {
        long age = age(chunk, at, now);
        long lifetime = lifetime(chunk, at);
        boolean fresh = age < lifetime;
        byte answers = chunk[at + ANSWERS];
        boolean again = fresh && answers == OFTEN && age > lifetime - lifetime / PREFETCH_SHARE;
        if (again) {
            chunk[at + ANSWERS] = PREFETCHED;
        } else if (fresh && answers >= 0 && answers < OFTEN) {
            chunk[at + ANSWERS]++;
        }
        if (chunk[at + USES] < OFTEN) {
            chunk[at + USES]++;
        }
        return new CachedReply(message(chunk, at, fresh, age / SECOND), fresh, again);
    }

    private static byte[] message(byte[] chunk, int at, boolean fresh, long age) {
        int from = at + KEY + Header.u16(chunk, at + KEY_LENGTH);
        int end = from + Header.u16(chunk, at + MESSAGE_LENGTH);
        byte[] message = Arrays.copyOfRange(chunk, from, end);
        int behind = end + OFFSET * Header.u16(chunk, at + TTLS);
        for (int offset = end; offset < behind; offset += OFFSET) {
            if (fresh) {
                Ttls.age(message, Header.u16(chunk, offset), age);
            } else {
                Ttls.clamp(message, Header.u16(chunk, offset), STALE_TTL, STALE_TTL);
            }
        }
        return message;
    }
}

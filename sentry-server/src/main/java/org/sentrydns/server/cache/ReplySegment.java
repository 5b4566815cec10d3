package org.sentrydns.server.cache;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.wire.Ttls;

/**
 * A share of the replies. Thread-safe.
 *
 * <p>New entries go into a log for newcomers. Where there is no more room, the first in it goes, but one that was used goes
 * on to the log for regulars. When the newcomers have a tenth of the room only, the first of the regulars goes, or begins
 * anew if it was used. Whoever comes again soon after it had to go becomes a regular at once. So what nobody asks for twice
 * does not push out what many ask for. (These are the rules of the algorithm S3-FIFO.)
 */
final class ReplySegment {
    private static final int NEWCOMERS = 10;
    /** So many bytes of entries may stay until one has to go, used or not: it bounds the time that storing takes. */
    private static final int CHANCES = 16 << 10;

    /** So many entries are looked at, each time that one is stored, while more than half of a log is dead. */
    private static final int TIDIED = 4;

    /** Entries of a large array each that are moved before as many are dropped, at most. */
    private static final int AHEAD = 8;

    private static final long NOWHERE = -1;

    private final ReentrantLock lock = new ReentrantLock();
    private final PositionIndex index = new PositionIndex();
    private final EntryLog newcomers;
    private final EntryLog regulars;
    private final RecentlyGone gone;
    private final int entries;
    private final long bytes;
    private final long stale;

    /**
     * @param entries how many at most
     * @param bytes what they take at most, index and all, but for the arrays' unused ends
     * @param stale nanoseconds that an entry is of use beyond its time
     */
    ReplySegment(int entries, long bytes, long stale) {
        this.entries = entries;
        this.bytes = bytes;
        this.stale = stale;
        newcomers = new EntryLog(bytes, AHEAD);
        regulars = new EntryLog(bytes, AHEAD);
        gone = new RecentlyGone(entries);
    }

    @Nullable
    CachedReply find(CacheKey key, long now) {
        lock.lock();
        try {
            int slot = slot(key);
            if (slot < 0) {
                return null;
            }
            EntryLog log = log(slot);
            long position = log.whole(index.low(slot));
            byte[] chunk = log.chunk(position);
            int at = EntryLog.offset(position);
            if (Entry.isOver(chunk, at, now, stale)) {
                takeOut(slot, log, position);
                return null;
            }
            return Entry.use(chunk, at, now);
        } finally {
            lock.unlock();
        }
    }

    private EntryLog log(int slot) {
        return index.isInSecond(slot) ? regulars : newcomers;
    }

    /** Keeps a reply in the place of an earlier one; neither if it is larger than all room. */
    void store(CacheKey key, byte[] message, Ttls ttls, long seconds, long now) {
        int length = Entry.length(key, message, ttls);
        if (length > EntryLog.CHUNK || length + PositionIndex.BYTES > bytes) {
            remove(key);
            return;
        }
        lock.lock();
        try {
            int slot = slot(key);
            EntryLog log = slot < 0 ? newcomers : log(slot);
            long position = NOWHERE;
            byte uses = 0;
            if (slot >= 0) {
                position = log.whole(index.low(slot));
                uses = Entry.uses(log.chunk(position), EntryLog.offset(position));
                // Most have the same length as before.
                if (log.length(position) != length) {
                    takeOut(slot, log, position);
                    position = NOWHERE;
                }
            } else if (gone.has(key.print())) {
                log = regulars;
            }
            if (position == NOWHERE) {
                makeRoom(length, now);
                position = log.add(length);
                index.add(key.print(), log == regulars, position);
            }
            Entry.write(log.chunk(position), EntryLog.offset(position), key, message, ttls, seconds, now, uses);
            tidy(newcomers);
            tidy(regulars);
        } finally {
            lock.unlock();
        }
    }

    /** Drops what is kept under a key. */
    void remove(CacheKey key) {
        lock.lock();
        try {
            int slot = slot(key);
            if (slot >= 0) {
                EntryLog log = log(slot);
                takeOut(slot, log, log.whole(index.low(slot)));
            }
        } finally {
            lock.unlock();
        }
    }

    private void makeRoom(int length, long now) {
        int chances = CHANCES;
        while (index.size() >= entries || used() + length + PositionIndex.BYTES > bytes) {
            EntryLog log = newcomers.used() > used() / NEWCOMERS || regulars.used() == 0 ? newcomers : regulars;
            chances -= leaveFirst(log, chances > 0, now);
        }
    }

    long used() {
        return newcomers.used() + regulars.used() + (long) index.size() * PositionIndex.BYTES;
    }

    private void tidy(EntryLog log) {
        for (int i = 0; i < TIDIED && log.used() > 2 * log.live() + EntryLog.CHUNK; i++) {
            long position = log.first();
            byte[] chunk = log.chunk(position);
            int at = EntryLog.offset(position);
            if (!Entry.isDead(chunk, at)) {
                move(slotAt(Entry.print(chunk, at), log, position), log, position, log);
            }
            log.dropFirst();
        }
    }

    /**
     * Moves the first entry of a log behind the last of the regulars, or drops it.
     *
     * @param mayStay whether it gets another chance if it was used
     * @return how long it is if it stayed, or else 0
     */
    private int leaveFirst(EntryLog log, boolean mayStay, long now) {
        long position = log.first();
        byte[] chunk = log.chunk(position);
        int at = EntryLog.offset(position);
        int moves = 0;
        if (!Entry.isDead(chunk, at)) {
            long print = Entry.print(chunk, at);
            int slot = slotAt(print, log, position);
            boolean over = Entry.isOver(chunk, at, now, stale);
            if (mayStay && !over && Entry.takeUse(chunk, at)) {
                moves = log.length(position);
                move(slot, log, position, regulars);
            } else {
                takeOut(slot, log, position);
                if (!over) {
                    gone.add(print);
                }
            }
        }
        log.dropFirst();
        return moves;
    }

    /** Writes an entry behind the last of a log; it is dropped from its own by the caller. */
    private void move(int slot, EntryLog log, long position, EntryLog to) {
        int length = log.length(position);
        long moved = to.add(length);
        System.arraycopy(
                log.chunk(position), EntryLog.offset(position), to.chunk(moved), EntryLog.offset(moved), length);
        index.move(slot, to == regulars, moved);
        log.takeOut(position);
    }

    private void takeOut(int slot, EntryLog log, long position) {
        Entry.kill(log.chunk(position), EntryLog.offset(position));
        log.takeOut(position);
        index.remove(slot);
    }

    /** The slot of a key; negative if it is not here. */
    private int slot(CacheKey key) {
        int slot = index.home(key.print());
        while (!index.isFree(slot)) {
            if (index.mayBe(slot, key.print())) {
                EntryLog log = log(slot);
                long position = log.whole(index.low(slot));
                if (Entry.hasKey(log.chunk(position), EntryLog.offset(position), key)) {
                    return slot;
                }
            }
            slot = index.next(slot);
        }
        return -1;
    }

    /** The slot of an entry that is known to be here. */
    private int slotAt(long print, EntryLog log, long position) {
        int slot = index.home(print);
        while (log(slot) != log || log.whole(index.low(slot)) != position) {
            slot = index.next(slot);
        }
        return slot;
    }

    int size() {
        lock.lock();
        try {
            return index.size();
        } finally {
            lock.unlock();
        }
    }
}

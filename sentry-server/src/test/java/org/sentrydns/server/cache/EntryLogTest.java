package org.sentrydns.server.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class EntryLogTest {
    private static final long FAR = (1L << EntryLog.LOW_BITS) - EntryLog.CHUNK;

    @Test
    void entries_comeAndGoInOrder_acrossTheEndOfWhatLowBitsTell() {
        EntryLog log = new EntryLog(1 << 20, 1, FAR);
        Deque<Long> entries = new ArrayDeque<>();
        Random random = new Random(3);
        for (int i = 0; i < 5_000; i++) {
            int length = 8 + 4 * random.nextInt(20_000);
            while (log.used() + length > 1 << 20) {
                long first = entries.removeFirst();
                assertEquals(first, log.first());
                assertEquals(first, log.whole(first & EntryLog.LOW));
                log.takeOut(first);
                log.dropFirst();
            }
            long position = log.add(length);
            entries.add(position);
            assertEquals(length, log.length(position));
            assertEquals(position, log.whole(position & EntryLog.LOW));
        }
        assertEquals(entries.stream().mapToLong(log::length).sum(), log.live());
    }

    @Test
    void moreThanThereIsRoomFor_isRefused_beforeAnythingIsOverwritten() {
        EntryLog log = new EntryLog(EntryLog.CHUNK, 0);
        for (int i = 0; i < 4; i++) {
            log.add(EntryLog.CHUNK);
        }
        assertThrows(IllegalStateException.class, () -> log.add(EntryLog.CHUNK));
        assertEquals(0, log.first());
        assertEquals(EntryLog.CHUNK, log.length(0));
    }
}

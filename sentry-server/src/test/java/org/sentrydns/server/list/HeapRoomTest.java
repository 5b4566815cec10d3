package org.sentrydns.server.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HeapRoomTest {
    private final AtomicLong left = new AtomicLong();
    private final AtomicInteger collections = new AtomicInteger();

    private HeapRoom room(long afterCollection) {
        return new HeapRoom(
                left::get,
                () -> {
                    collections.incrementAndGet();
                    left.set(afterCollection);
                },
                3200);
    }

    @Test
    void room_isKeptForQueries() throws IOException {
        left.set(500);
        room(0).take(100);
        assertEquals(0, collections.get());
    }

    @ParameterizedTest
    @CsvSource({"600, true", "599, false"})
    void room_thatSeemsTooSmall_isLookedAtOnceMore(long found, boolean enough) throws IOException {
        left.set(499);
        HeapRoom room = room(found);
        if (enough) {
            room.take(100);
        } else {
            IOException full = assertThrows(IOException.class, () -> room.take(100));
            assertEquals("there is not enough memory for it (see -Xmx)", full.getMessage());
        }
        assertEquals(1, collections.get());
    }
}

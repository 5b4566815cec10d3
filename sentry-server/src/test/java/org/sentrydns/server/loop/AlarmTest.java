package org.sentrydns.server.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AlarmTest {
    private final Selector selector = Selector.open();
    private final Alarm alarm = new Alarm(selector);
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(16);

    AlarmTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        selector.close();
        alarm.close();
    }

    /** How often the selector would have come back at once. */
    private int woken() throws IOException {
        int woken = 0;
        while (selector.selectNow(this::read) > 0) {
            woken++;
        }
        return woken;
    }

    private void read(SelectionKey key) {
        try {
            ((QueryLoop.Reading) key.attachment()).ready(buffer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void ringing_wakesOnce_untilItIsSilenced() throws IOException {
        assertEquals(0, woken());
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 100_000; i++) {
                alarm.ring();
            }
            assertEquals(1, woken());
        }
    }

    /** Who loses a race is interrupted; the loop that it was to wake must not suffer from it. */
    @Test
    void interruptedThread_ringsAsWell() throws IOException {
        Thread.currentThread().interrupt();
        alarm.ring();
        assertTrue(Thread.interrupted());
        assertEquals(1, woken());
        alarm.ring();
        assertEquals(1, woken());
    }

    @Test
    void closed_says() throws IOException {
        alarm.close();
        assertThrows(ClosedChannelException.class, alarm::ring);
    }
}

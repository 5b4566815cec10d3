package org.sentrydns.server.upstream;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** When nothing was heard for long enough. */
final class SilenceTest {
    private final AtomicLong clock = new AtomicLong();
    private final Silence silence = new Silence(clock::get);

    private void asked(int times) {
        for (int i = 0; i < times; i++) {
            silence.asked();
        }
    }

    @Test
    void isLong_fewQuestions_never() {
        asked(2);
        clock.addAndGet(100 * Silence.NANOS);
        assertFalse(silence.isLong());
    }

    @Test
    void isLong_severalQuestions_someTimeAfterTheThird() {
        asked(2);
        clock.addAndGet(100 * Silence.NANOS);
        asked(3);
        clock.addAndGet(Silence.NANOS - 1);
        assertFalse(silence.isLong());
        clock.addAndGet(1);
        assertTrue(silence.isLong());
    }

    @Test
    void isLong_severalAmongAnsweredOnes_never() {
        for (int i = 0; i < 10; i++) {
            asked(2);
            clock.addAndGet(Silence.NANOS);
            silence.heard();
        }
        asked(2);
        assertFalse(silence.isLong());
    }
}

package org.sentrydns.server.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.sentrydns.server.log.LogLines;

final class TargetHealthTest {
    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1000 * MILLI;

    private final AtomicLong now = new AtomicLong();
    private final TargetHealth health = new TargetHealth(new UpstreamTally("u"), true, now::get);

    @Test
    void silence_overSeveralQuestionsAndASecond_isDown() {
        for (int i = 0; i < 10; i++) {
            health.asked();
            assertFalse(health.isDown());
            now.addAndGet(100 * MILLI);
        }
        now.addAndGet(1);
        health.asked();
        assertTrue(health.isDown());
    }

    @Test
    void fewQuestions_overALongTime_areNotEnough() {
        health.asked();
        now.addAndGet(3600 * SECOND);
        health.asked();
        health.asked();
        assertFalse(health.isDown());
    }

    @Test
    void slowButLiving_staysUp() {
        for (int i = 0; i < 100; i++) {
            long askedAt = health.asked();
            now.addAndGet(900 * MILLI);
            health.replied(askedAt);
        }
        assertFalse(health.isDown());
        assertEquals(900, health.figures().averageMillis(), 1e-9);
    }

    @Test
    void errors_threeInARow_areDown_andAReplyEndsIt() {
        health.failed("no luck");
        health.failed("no luck");
        health.replied(health.asked());
        health.failed("no luck");
        health.failed("no luck");
        assertFalse(health.isDown());
        health.failed("no luck");
        assertTrue(health.isDown());
        health.replied(health.asked());
        assertFalse(health.isDown());
    }

    @Test
    void probes_comeAtGrowingIntervals() {
        assertFalse(health.wantsProbe());
        health.failed("no luck");
        health.failed("no luck");
        health.failed("no luck");
        assertFalse(health.wantsProbe());
        long[] intervals = {1, 1, 2, 4, 8, 16, 32, 60, 60};
        for (long interval : intervals) {
            now.addAndGet(interval * SECOND - 1);
            assertFalse(health.wantsProbe(), "before " + interval);
            now.addAndGet(1);
            assertTrue(health.wantsProbe(), "after " + interval);
            assertFalse(health.wantsProbe(), "twice after " + interval);
        }
    }

    /** Not more than once a minute: one that comes and goes would fill the log. */
    @Test
    void fallAndRise_areSaidInTheLog_onceAMinute() {
        try (LogLines log = new LogLines("sentry.net")) {
            for (int i = 0; i < 10; i++) {
                for (int failure = 0; failure < 5; failure++) {
                    health.failed("nobody listens there");
                }
                health.replied(health.asked());
                now.addAndGet(SECOND);
            }
            List<String> lines = List.of(
                    "WARN upstream u is down: nobody listens there; it is asked last, until it answers again",
                    "INFO upstream u is back");
            assertEquals(lines, log.take());
            now.addAndGet(50 * SECOND);
            for (int failure = 0; failure < 3; failure++) {
                health.failed("nobody listens there");
            }
            health.replied(health.asked());
            assertEquals(lines, log.take());
        }
    }

    @Test
    void fallWithinTheMinuteOfAnother_isSaidWhenTheMinuteIsOver() {
        try (LogLines log = new LogLines("sentry.net")) {
            fail(3);
            health.replied(health.asked());
            fail(3);
            assertEquals(2, log.take().size());
            for (int minute = 0; minute < 120; minute++) {
                now.addAndGet(60 * SECOND);
                fail(1);
            }
            assertEquals(
                    List.of("WARN upstream u is down: nobody listens there; it is asked last, until it answers again"),
                    log.take());
            health.replied(health.asked());
            assertEquals(List.of("INFO upstream u is back"), log.take());
        }
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            health.failed("nobody listens there");
        }
    }
}

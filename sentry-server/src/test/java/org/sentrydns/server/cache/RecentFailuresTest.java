package org.sentrydns.server.cache;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sentrydns.server.upstream.UpstreamReply;

final class RecentFailuresTest {
    private static final long MILLI = 1_000_000;

    private final AtomicLong now = new AtomicLong(-300 * MILLI);
    private final RecentFailures failures = new RecentFailures(now::get);
    private final UpstreamReply silence = new UpstreamReply.Silent("dead");

    @Test
    void failure_isKnownForASecond() {
        failures.add(ReplySegmentTest.key(0), silence);
        now.addAndGet(900 * MILLI);
        failures.add(ReplySegmentTest.key(1), silence);
        now.addAndGet(99 * MILLI);
        failures.add(ReplySegmentTest.key(2), silence);
        assertSame(silence, failures.recent(ReplySegmentTest.key(0)));
        now.addAndGet(MILLI);
        assertNull(failures.recent(ReplySegmentTest.key(0)));
        failures.add(ReplySegmentTest.key(3), silence);
        assertSame(silence, failures.recent(ReplySegmentTest.key(1)));
        assertSame(silence, failures.recent(ReplySegmentTest.key(2)));
        assertNull(failures.recent(ReplySegmentTest.key(9)));
    }

    @Test
    void veryMany_areForgottenFromTheOldestOn() {
        for (int i = 0; i < 20_000; i++) {
            failures.add(ReplySegmentTest.key(i), silence);
        }
        long known = IntStream.range(0, 20_000)
                .filter(i -> failures.recent(ReplySegmentTest.key(i)) != null)
                .count();
        assertTrue(known >= 5_000 && known <= 10_000, "known: " + known);
        assertSame(silence, failures.recent(ReplySegmentTest.key(19_999)));
    }
}

package org.sentrydns.server.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sentrydns.server.upstream.UpstreamReply;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.Queries;
import org.xbill.DNS.Type;

final class RecentFailuresTest {
    private static final long MILLI = 1_000_000;

    private final AtomicLong now = new AtomicLong(-300 * MILLI);
    private final RecentFailures failures = new RecentFailures(Duration.ofSeconds(1), now::get);
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
    void failureAfterFailure_isTriedAgainLaterAndLater() {
        RecentFailures persistent = new RecentFailures(Duration.ofSeconds(60), now::get);
        CacheKey key = ReplySegmentTest.key(0);
        assertTrue(persistent.isDue(key));
        for (long seconds : new long[] {1, 2, 4, 8, 16, 30, 30, 30}) {
            persistent.add(key, new UpstreamReply.Silent("dead"));
            now.addAndGet(1000 * MILLI * seconds - 1);
            assertFalse(persistent.isDue(key), "before " + seconds + " s");
            now.incrementAndGet();
            assertTrue(persistent.isDue(key), "after " + seconds + " s");
        }
        persistent.forget(key);
        persistent.add(key, new UpstreamReply.Silent("dead"));
        now.addAndGet(1000 * MILLI);
        assertTrue(persistent.isDue(key));
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

    @Test
    void largeFailure_isKeptWithoutItsRecords() {
        byte[] question = Queries.of("n0.test", Type.A);
        byte[] large = Arrays.copyOf(question, question.length + 12 + 60_000);
        Header.put16(large, 2, 0x8182);
        Header.put16(large, 10, 1);
        // A root owner, type, class and TTL of 0, and the length of the data.
        Header.put16(large, question.length + 9, 60_001);
        failures.add(ReplySegmentTest.key(0), new UpstreamReply.Replied(large, "192.0.2.53:53"));

        byte[] kept = assertInstanceOf(UpstreamReply.Replied.class, failures.recent(ReplySegmentTest.key(0)))
                .message();
        byte[] expected = question.clone();
        Header.put16(expected, 2, 0x8182);
        assertArrayEquals(expected, kept);
    }

    @ParameterizedTest
    @CsvSource({"0, 2", "3, 2", "5, 5"})
    void largeFailure_withoutAQuestion_isAHeader_andAFailureStill(int code, int kept) {
        byte[] large = new byte[60_000];
        Header.put16(large, 2, 0x8180 | code);
        Header.put16(large, 10, 1);
        failures.add(ReplySegmentTest.key(0), new UpstreamReply.Replied(large, "192.0.2.53:53"));

        byte[] bare = assertInstanceOf(UpstreamReply.Replied.class, failures.recent(ReplySegmentTest.key(0)))
                .message();
        assertEquals(Header.LENGTH, bare.length);
        assertEquals(kept, Header.rcode(bare));
        assertEquals(0, Header.count(bare, 3));
    }
}

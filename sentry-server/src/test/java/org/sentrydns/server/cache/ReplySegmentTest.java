package org.sentrydns.server.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sentrydns.server.wire.Queries;
import org.sentrydns.server.wire.QueryMessage;
import org.sentrydns.server.wire.Ttls;
import org.sentrydns.server.wire.UpstreamQuery;
import org.xbill.DNS.Type;

final class ReplySegmentTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long MILLI = 1_000_000L;
    private static final Ttls NONE = new Ttls(new int[0], 60, false);

    static CacheKey key(int number) {
        byte[] bytes = Queries.of("n" + number + ".test", Type.A);
        QueryMessage message = Queries.decoded(bytes);
        return new CacheKey(
                UpstreamQuery.of(message, Arrays.copyOfRange(bytes, 12, message.questionEnd() - 4)), number % 3);
    }

    private static byte[] message(int number, int length) {
        byte[] message = new byte[length];
        new Random(number).nextBytes(message);
        return message;
    }

    /** Whatever happens, a reply is the last one that was stored under its key, or it is not there. */
    @ParameterizedTest
    @CsvSource({
        "50, 100000000, 100",
        "1000, 300000, 400",
        "100000, 1000000, 65000",
        "1, 1000, 300",
        "300, 2000000, 30000"
    })
    void randomUse_findsWhatWasStoredLast_withinBothBounds(int entries, long bytes, int longest) {
        ReplySegment segment = new ReplySegment(entries, bytes, 10 * SECOND);
        Map<Integer, byte[]> stored = new HashMap<>();
        Map<Integer, Long> over = new HashMap<>();
        Random random = new Random(entries);
        CacheKey[] keys =
                IntStream.range(0, 2_000).mapToObj(ReplySegmentTest::key).toArray(CacheKey[]::new);
        long now = -5 * SECOND;
        int found = 0;
        for (int i = 0; i < 100_000; i++) {
            now += random.nextInt(2) * MILLI;
            int number = (int) (keys.length * Math.pow(random.nextDouble(), 3));
            CachedReply reply = segment.find(keys[number], now);
            if (reply != null) {
                found++;
                assertArrayEquals(stored.get(number), reply.message());
                assertTrue(now < over.getOrDefault(number, 0L), "it was over");
            }
            if (reply == null || random.nextInt(20) == 0) {
                byte[] message = message(i, 40 + (int) (longest * Math.pow(random.nextDouble(), 9)));
                int seconds = random.nextInt(30);
                segment.store(keys[number], message, NONE, seconds, now);
                stored.put(number, message);
                over.put(number, now + (seconds + 10) * SECOND);
            }
            assertTrue(segment.size() <= entries, "entries");
            assertTrue(segment.used() <= bytes + 3L * EntryLog.CHUNK, "bytes");
        }
        assertTrue(found > 100, "found only " + found);
    }

    @Test
    void whatIsAskedForAgain_staysWhenOthersCome() {
        ReplySegment segment = new ReplySegment(1_000, 1 << 20, 0);
        for (int i = 0; i < 300; i++) {
            segment.store(key(i), message(i, 60), NONE, 60, 0);
            assertNotNull(segment.find(key(i), 0));
        }
        for (int i = 1_000; i < 20_000; i++) {
            segment.store(key(i), message(i, 60), NONE, 60, 0);
        }
        long left = IntStream.range(0, 300)
                .filter(i -> segment.find(key(i), 0) != null)
                .count();
        // Few had to go, whose turn it was when enough others had stayed.
        assertTrue(left >= 290, "left: " + left);
        assertNull(segment.find(key(1_000), 0));
        assertEquals(1_000, segment.size());
    }

    /** A server of few names that come anew again and again must not fill all room. */
    @Test
    void newRepliesOfOtherLength_leaveNoGarbageBehind() {
        ReplySegment segment = new ReplySegment(1_000, 64 << 20, 0);
        for (int i = 100; i < 1_000; i++) {
            segment.store(key(i), message(i, 60), NONE, 60, 0);
        }
        for (int i = 0; i < 100_000; i++) {
            segment.store(key(i % 100), message(i, 60 + i % 7 * 4), NONE, 60, 0);
        }
        assertEquals(1_000, segment.size());
        assertTrue(segment.used() < 5L * EntryLog.CHUNK, "used: " + segment.used());
    }

    @Test
    void tooLong_isNotKept_norTheEarlierOneThatItReplaces() {
        ReplySegment segment = new ReplySegment(10, 1_000, 0);
        segment.store(key(1), message(1, 100), NONE, 60, 0);
        segment.store(key(1), message(2, 1_000), NONE, 60, 0);
        assertNull(segment.find(key(1), 0));
        assertEquals(0, segment.size());
    }
}

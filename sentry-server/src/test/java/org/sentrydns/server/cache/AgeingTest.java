package org.sentrydns.server.cache;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sentrydns.server.config.CacheSettings;
import org.sentrydns.server.upstream.UpstreamReply;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.Queries;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** How old a reply gets, and what clients are told of it. */
@Timeout(30)
final class AgeingTest {
    private static final CacheSettings CLAMPED = new CacheSettings(100, 1 << 20, 60, 120, 0);

    @Test
    void hit_agesEveryRecord_andNoneBelowZero() throws Exception {
        ScriptedCache cache = new ScriptedCache(
                CacheSettings.DEFAULT,
                query -> ScriptedCache.reply(
                        query,
                        0,
                        "an www.test 300 A 192.0.2.1",
                        "au test 200 NS ns.test.",
                        "ad ns.test 100 A 192.0.2.2"));
        assertEquals(List.of(300L, 200L, 100L), ScriptedCache.ttls(cache.ask("www.test", Type.A)));
        cache.pass(Duration.ofSeconds(99));
        assertEquals(List.of(201L, 101L, 1L), ScriptedCache.ttls(cache.ask("www.test", Type.A)));
        cache.pass(Duration.ofSeconds(1));
        assertEquals(List.of(300L, 200L, 100L), ScriptedCache.ttls(cache.ask("www.test", Type.A)));
        assertEquals(2, cache.asked());
    }

    /** The OPT record has its flags where others have their TTL. */
    @Test
    void hit_leavesTheOptRecordAlone() throws Exception {
        ScriptedCache cache = new ScriptedCache(CacheSettings.DEFAULT, query -> {
            try {
                Message reply = ScriptedCache.message(ScriptedCache.reply(query, 0, "an www.test 300 A 192.0.2.1"));
                reply.addRecord(new OPTRecord(1232, 0, 0, ExtendedFlags.DO), Section.ADDITIONAL);
                return new UpstreamReply.Replied(reply.toWire(Header.MAX_MESSAGE), "192.0.2.53:53");
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        cache.ask("www.test", Type.A);
        cache.pass(Duration.ofSeconds(100));
        assertEquals(List.of(200L, 0x8000L), ScriptedCache.ttls(cache.ask("www.test", Type.A)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            300 minimum 60     | 60    | 50
            60 minimum 300     | 60    | 50
            86400 minimum 86400 | 10800 | 10790
            """)
    void negativeAnswer_andItsSoa_endTogether(String soa, long seconds, long afterTen) throws Exception {
        String[] numbers = soa.split(" ", 3);
        for (int rcode : new int[] {Rcode.NOERROR, Rcode.NXDOMAIN}) {
            ScriptedCache cache = new ScriptedCache(
                    CacheSettings.DEFAULT,
                    query -> ScriptedCache.reply(
                            query, rcode, "au test " + numbers[0] + " SOA ns. host. 1 2 3 4 " + numbers[2]));
            cache.ask("www.test", Type.A);
            cache.pass(Duration.ofSeconds(10));
            assertEquals(List.of(afterTen), ScriptedCache.ttls(cache.ask("www.test", Type.A)));
            cache.pass(Duration.ofSeconds(seconds - 11));
            assertEquals(List.of(1L), ScriptedCache.ttls(cache.ask("www.test", Type.A)));
            assertEquals(1, cache.asked());
            cache.pass(Duration.ofSeconds(1));
            cache.ask("www.test", Type.A);
            assertEquals(2, cache.asked());
        }
    }

    @ParameterizedTest
    @CsvSource({"5, 60", "59, 60", "60, 60", "100, 100", "120, 120", "5000, 120", "2147483647, 120"})
    void ttlBounds_holdForHits(long ttl, long kept) throws Exception {
        ScriptedCache cache = new ScriptedCache(
                CLAMPED, query -> ScriptedCache.reply(query, 0, "an www.test " + ttl + " A 192.0.2.1"));
        cache.ask("www.test", Type.A);
        assertEquals(List.of(kept), ScriptedCache.ttls(cache.ask("www.test", Type.A)));
        cache.pass(Duration.ofSeconds(kept));
        cache.ask("www.test", Type.A);
        assertEquals(2, cache.asked());
    }

    @Test
    void rrsetWithDifferentTtls_endsWithItsShortest() throws Exception {
        ScriptedCache cache = new ScriptedCache(
                CacheSettings.DEFAULT,
                query -> ScriptedCache.reply(query, 0, "an www.test 300 A 192.0.2.1", "an www.test 20 A 192.0.2.2"));
        cache.ask("www.test", Type.A);
        cache.pass(Duration.ofSeconds(20));
        cache.ask("www.test", Type.A);
        assertEquals(2, cache.asked());
    }

    @Test
    void ttlZero_isNeverKept_whateverTheBounds() throws Exception {
        for (CacheSettings settings : List.of(CacheSettings.DEFAULT, CLAMPED)) {
            ScriptedCache cache = new ScriptedCache(
                    settings,
                    query -> ScriptedCache.reply(query, 0, "an www.test 0 A 192.0.2.1", "an www.test 9 A 192.0.2.2"));
            assertEquals(List.of(0L, 9L), ScriptedCache.ttls(cache.ask("www.test", Type.A)));
            cache.ask("www.test", Type.A);
            assertEquals(2, cache.asked());
        }
    }

    @Test
    void upstreamThatHangs_isWaitedForNearly2Seconds_thenTheOldAnswerServes() throws Exception {
        AtomicBoolean hangs = new AtomicBoolean();
        CountDownLatch release = new CountDownLatch(1);
        ScriptedCache cache = new ScriptedCache(CacheSettings.DEFAULT, query -> {
            try {
                if (hangs.get()) {
                    release.await();
                }
                return ScriptedCache.reply(query, 0, "an www.test 300 A 192.0.2.1");
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        cache.ask("www.test", Type.A);
        cache.pass(Duration.ofSeconds(301));
        hangs.set(true);
        long started = System.nanoTime();
        UpstreamReply reply = cache.ask("www.test", Type.A);
        long millis = Duration.ofNanos(System.nanoTime() - started).toMillis();
        release.countDown();
        assertInstanceOf(UpstreamReply.Stale.class, reply);
        assertEquals(List.of(30L), ScriptedCache.ttls(reply));
        assertTrue(millis >= 1700 && millis < 3000, "it took ms: " + millis);
    }

    @ParameterizedTest
    @CsvSource({"0, an www.test 300 A 192.0.2.1", "2, "})
    void reply_saysWhoseItIs_andThatItWasKept(int rcode, String record) throws Exception {
        String[] records = record == null ? new String[0] : new String[] {record};
        ScriptedCache cache =
                new ScriptedCache(CacheSettings.DEFAULT, query -> ScriptedCache.reply(query, rcode, records));
        assertEquals("192.0.2.53:53", from(cache.ask("www.test", Type.A)));
        assertEquals("cache", from(cache.ask("www.test", Type.A)));
    }

    private static String from(UpstreamReply reply) {
        return assertInstanceOf(UpstreamReply.Replied.class, reply).from();
    }

    /** RFC 8767 section 5: whoever asks without RD wants to see what is known, and is not shown what holds no more. */
    @ParameterizedTest
    @CsvSource({"true, Stale", "false, Silent"})
    void answerThatHasRunOut_isForWhoWantsOneFound(boolean recursion, String expected) throws Exception {
        AtomicBoolean dead = new AtomicBoolean();
        ScriptedCache cache = new ScriptedCache(
                CacheSettings.DEFAULT,
                query -> dead.get()
                        ? new UpstreamReply.Silent("dead")
                        : ScriptedCache.reply(query, 0, "an www.test 300 A 192.0.2.1"));
        byte[] question = Queries.of("www.test", Type.A);
        Header.put16(question, 2, recursion ? Header.RD : 0);
        cache.ask(question);
        cache.pass(Duration.ofSeconds(301));
        dead.set(true);
        assertEquals(expected, cache.ask(question).getClass().getSimpleName());
    }

    /** RFC 8767 section 5: whoever waited once for an upstream that fails need not wait for each second again. */
    @Test
    void upstreamThatFailedAWhileAgo_isAskedAgainWithoutLettingAnyoneWait() throws Exception {
        AtomicReference<String> does = new AtomicReference<>("answers");
        CountDownLatch release = new CountDownLatch(1);
        ScriptedCache cache = new ScriptedCache(CacheSettings.DEFAULT, query -> {
            try {
                if (does.get().equals("hangs")) {
                    release.await();
                }
                return does.get().equals("fails")
                        ? new UpstreamReply.Silent("dead")
                        : ScriptedCache.reply(query, 0, "an www.test 300 A 192.0.2.1");
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        cache.ask("www.test", Type.A);
        cache.pass(Duration.ofSeconds(301));
        does.set("fails");
        assertInstanceOf(UpstreamReply.Stale.class, cache.ask("www.test", Type.A));
        assertEquals(2, cache.asked());
        cache.pass(Duration.ofSeconds(2));
        does.set("hangs");
        Thread.currentThread().interrupt(); // Whoever waits now ends with an exception.
        assertInstanceOf(UpstreamReply.Stale.class, cache.ask("www.test", Type.A));
        assertTrue(Thread.interrupted());
        await().until(() -> cache.asked() == 3);
        does.set("answers");
        release.countDown();
        await().until(() -> cache.ask("www.test", Type.A) instanceof UpstreamReply.Replied);
    }

    /** It was refreshed: an answer that must not be kept, and still the one before is no longer true. */
    @Test
    void answerThatWasReplacedByOneThatIsNotKept_doesNotComeBack() throws Exception {
        UpstreamReply dead = new UpstreamReply.Silent("dead");
        AtomicReference<String> record = new AtomicReference<>("an www.test 300 A 192.0.2.1");
        ScriptedCache cache = new ScriptedCache(
                CacheSettings.DEFAULT,
                query -> record.get().isEmpty() ? dead : ScriptedCache.reply(query, 0, record.get()));
        cache.ask("www.test", Type.A);
        cache.pass(Duration.ofSeconds(301));
        record.set("an www.test 0 A 192.0.2.99");
        assertEquals(List.of(0L), ScriptedCache.ttls(cache.ask("www.test", Type.A)));
        record.set("");
        assertEquals(dead, cache.ask("www.test", Type.A));
    }

    @Test
    void failure_isRememberedForASecond_howeverOftenItIsAskedFor() throws Exception {
        for (UpstreamReply failure : List.of(
                new UpstreamReply.Silent("dead"),
                new UpstreamReply.Replied(
                        new byte[] {0, 0, (byte) 0x81, (byte) 0x82, 0, 0, 0, 0, 0, 0, 0, 0}, "192.0.2.53:53"))) {
            ScriptedCache cache = new ScriptedCache(CacheSettings.DEFAULT, query -> failure);
            for (int second = 1; second <= 3; second++) {
                for (int i = 0; i < 1000; i++) {
                    assertEquals(what(failure), what(cache.ask("www.test", Type.A)));
                }
                assertEquals(second, cache.asked());
                cache.pass(Duration.ofSeconds(1));
            }
        }
    }

    private static Object what(UpstreamReply failure) {
        return failure instanceof UpstreamReply.Replied replied ? replied.message() : failure;
    }
}

package org.sentrydns.server.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.Policy;
import org.sentrydns.api.Upstream;
import org.sentrydns.server.config.CacheSettings;
import org.sentrydns.server.upstream.Resolver;
import org.sentrydns.server.upstream.UpstreamReply;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.Queries;
import org.sentrydns.server.wire.QueryMessage;
import org.sentrydns.server.wire.UpstreamQuery;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

final class CachingResolverTest {
    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();

    private CachingResolver resolver(CacheSettings settings, Function<UpstreamQuery, UpstreamReply> upstream) {
        Resolver counting = (forward, query) -> {
            asked.incrementAndGet();
            return upstream.apply(query);
        };
        return new CachingResolver(counting, UnaryOperator.identity(), settings, Duration.ofSeconds(1), now::get);
    }

    private static Outcome.Forward to(String upstream) {
        return new Outcome.Forward(List.of(Upstream.parse(upstream)), new Policy.Race());
    }

    private static UpstreamQuery query(String name) {
        return query(Queries.of(name, Type.A));
    }

    private static UpstreamQuery query(byte[] bytes) {
        QueryMessage message = Queries.decoded(bytes);
        return UpstreamQuery.of(message, Arrays.copyOfRange(bytes, 12, message.questionEnd() - 4));
    }

    /** A reply whose records are given as {@code section ttl type data}; owner is the name that was asked. */
    private static UpstreamReply reply(UpstreamQuery query, int rcode, String... records) {
        try {
            Message asked = new Message(query.withId(0));
            Message reply = new Message(0);
            reply.getHeader().setFlag(Flags.QR);
            reply.getHeader().setRcode(rcode);
            reply.addRecord(asked.getQuestion(), Section.QUESTION);
            for (String record : records) {
                String[] part = record.split(" ", 4);
                reply.addRecord(
                        Record.fromString(
                                asked.getQuestion().getName(),
                                Type.value(part[2]),
                                DClass.IN,
                                Long.parseLong(part[1]),
                                part[3],
                                Name.root),
                        Section.value(part[0]));
            }
            return new UpstreamReply.Replied(reply.toWire(Header.MAX_MESSAGE), "192.0.2.53:53");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static long figure(CachingResolver resolver, String name) {
        return resolver.figures().getOrDefault(name, -1L).longValue();
    }

    private static long ttl(UpstreamReply reply) throws Exception {
        return new Message(assertInstanceOf(UpstreamReply.Replied.class, reply).message())
                .getSection(Section.ANSWER)
                .getFirst()
                .getTTL();
    }

    @Test
    void hit_agesTheTtl_andAsksNobody() throws Exception {
        CachingResolver resolver = resolver(CacheSettings.DEFAULT, q -> reply(q, 0, "an 300 A 192.0.2.1"));

        assertEquals(300, ttl(resolver.resolve(to("192.0.2.53"), query("a.test"))));
        now.addAndGet(100 * SECOND);
        assertEquals(200, ttl(resolver.resolve(to("192.0.2.53"), query("A.Test"))));
        assertEquals(1, asked.get());
        now.addAndGet(200 * SECOND);
        assertEquals(300, ttl(resolver.resolve(to("192.0.2.53"), query("a.test"))));
        assertEquals(2, asked.get());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // rcode | records, parted by ; | seconds for which nobody is asked again
                "0 | an 300 A 192.0.2.1; an 20 A 192.0.2.2   | 20",
                "0 | an 0 A 192.0.2.1                        | 0",
                "0 | au 300 SOA ns. host. 1 3600 600 86400 60 | 60",
                "3 | au 30 SOA ns. host. 1 3600 600 86400 60 | 30",
                "3 | au 300 SOA ns. host. 1 3600 600 86400 0 | 0",
                "3 |                                         | 0",
                "0 |                                         | 0",
                "0 | an 300 A 192.0.2.1; au 50 NS ns.test.   | 50",
                "2 |                                         | 1"
            })
    void reply_isKeptForItsTime(int rcode, String records, long seconds) throws Exception {
        String[] parts = records == null ? new String[0] : records.split("; *", -1);
        CachingResolver resolver = resolver(CacheSettings.DEFAULT, q -> reply(q, rcode, parts));

        resolver.resolve(to("192.0.2.53"), query("a.test"));
        if (seconds > 0) {
            now.addAndGet(seconds * SECOND - 1);
            resolver.resolve(to("192.0.2.53"), query("a.test"));
            assertEquals(1, asked.get());
            now.addAndGet(1);
        }
        resolver.resolve(to("192.0.2.53"), query("a.test"));
        assertEquals(2, asked.get());
    }

    @Test
    void ttlWithItsTopBitSet_isZero() throws Exception {
        CachingResolver resolver = resolver(CacheSettings.DEFAULT, q -> {
            byte[] message = ((UpstreamReply.Replied) reply(q, 0, "an 300 A 192.0.2.1")).message();
            message[message.length - 10] = (byte) 0x80;
            return new UpstreamReply.Replied(message, "192.0.2.53:53");
        });
        resolver.resolve(to("192.0.2.53"), query("a.test"));
        resolver.resolve(to("192.0.2.53"), query("a.test"));
        assertEquals(2, asked.get());
    }

    @Test
    void minAndMaxTtl_clampWhatIsKept_butNotZero() throws Exception {
        CacheSettings settings = new CacheSettings(100, 1 << 20, 60, 120, 0);
        CachingResolver resolver = resolver(settings, q -> reply(q, 0, "an 5 A 192.0.2.1"));
        resolver.resolve(to("192.0.2.53"), query("short.test"));
        now.addAndGet(10 * SECOND);
        assertEquals(50, ttl(resolver.resolve(to("192.0.2.53"), query("short.test"))));

        CachingResolver other = resolver(settings, q -> reply(q, 0, "an 5000 A 192.0.2.1"));
        other.resolve(to("192.0.2.53"), query("long.test"));
        assertEquals(120, ttl(other.resolve(to("192.0.2.53"), query("long.test"))));
    }

    @Test
    void key_holdsWhatChangesTheAnswer() throws Exception {
        CachingResolver resolver = resolver(CacheSettings.DEFAULT, q -> reply(q, 0, "an 300 A 192.0.2.1"));
        byte[] checkingDisabled = Queries.of("a.test", Type.A);
        checkingDisabled[3] |= Header.CD;

        resolver.resolve(to("192.0.2.53"), query("a.test"));
        resolver.resolve(to("192.0.2.54"), query("a.test"));
        resolver.resolve(to("192.0.2.53"), query(Queries.of("a.test", Type.AAAA)));
        resolver.resolve(to("192.0.2.53"), query(Queries.of("a.test", Type.A, DClass.CH)));
        resolver.resolve(to("192.0.2.53"), query(checkingDisabled));
        resolver.resolve(to("192.0.2.53"), query(Queries.withEdns("a.test", Type.A, 1232, 0x8000)));
        assertEquals(6, asked.get());
        resolver.resolve(to("192.0.2.53"), query(Queries.withEdns("a.test", Type.A, 1232, 0)));
        assertEquals(6, asked.get(), "EDNS alone changes nothing");
    }

    @Test
    void strayAnswers_arePassedOn_butNotKept() throws Exception {
        CachingResolver resolver = resolver(CacheSettings.DEFAULT, q -> {
            try {
                Message reply = new Message(((UpstreamReply.Replied) reply(q, 0, "an 300 A 192.0.2.1")).message());
                reply.addRecord(
                        Record.fromString(Queries.name("other.test"), Type.A, DClass.IN, 300, "192.0.2.66", Name.root),
                        Section.ANSWER);
                return new UpstreamReply.Replied(reply.toWire(Header.MAX_MESSAGE), "192.0.2.53:53");
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        resolver.resolve(to("192.0.2.53"), query("a.test"));
        resolver.resolve(to("192.0.2.53"), query("a.test"));
        assertEquals(2, asked.get());
    }

    @Test
    void failure_whileAnOldAnswerIsKnown_servesTheOldOne() throws Exception {
        List<UpstreamReply> replies = new ArrayList<>();
        CachingResolver resolver = resolver(CacheSettings.DEFAULT, q -> replies.removeFirst());
        replies.add(reply(query("a.test"), 0, "an 300 A 192.0.2.1"));
        replies.add(new UpstreamReply.Silent("dead"));
        replies.add(reply(query("a.test"), Rcode.SERVFAIL));
        replies.add(reply(query("a.test"), 0, "an 300 A 192.0.2.2"));

        resolver.resolve(to("192.0.2.53"), query("a.test"));
        now.addAndGet(301 * SECOND);
        byte[] old = assertInstanceOf(UpstreamReply.Stale.class, resolver.resolve(to("192.0.2.53"), query("a.test")))
                .message();
        assertEquals(30, new Message(old).getSection(Section.ANSWER).getFirst().getTTL());
        assertInstanceOf(UpstreamReply.Stale.class, resolver.resolve(to("192.0.2.53"), query("a.test")));
        assertEquals(2, asked.get(), "a failure a moment ago is not tried again at once");
        now.addAndGet(2 * SECOND);
        assertInstanceOf(UpstreamReply.Stale.class, resolver.resolve(to("192.0.2.53"), query("a.test")));
        Awaitility.await().until(() -> {
            now.addAndGet(2 * SECOND);
            return resolver.resolve(to("192.0.2.53"), query("a.test")) instanceof UpstreamReply.Replied;
        });
        assertEquals(4, asked.get(), "failures are tried again behind stale answers");
    }

    /** Of an upstream that is well again no old answers are served (RFC 8767 section 5). */
    @Test
    void failure_thatASuccessFollowed_isForgotten() throws Exception {
        List<UpstreamReply> replies = new ArrayList<>();
        CachingResolver resolver = resolver(CacheSettings.DEFAULT, q -> replies.removeFirst());
        replies.add(reply(query("a.test"), 0, "an 5 A 192.0.2.1"));
        replies.add(new UpstreamReply.Silent("dead"));
        replies.add(reply(query("a.test"), 0, "an 5 A 192.0.2.2"));
        replies.add(reply(query("a.test"), 0, "an 5 A 192.0.2.3"));

        resolver.resolve(to("192.0.2.53"), query("a.test"));
        now.addAndGet(6 * SECOND);
        assertInstanceOf(UpstreamReply.Stale.class, resolver.resolve(to("192.0.2.53"), query("a.test")));
        now.addAndGet(2 * SECOND);
        assertInstanceOf(UpstreamReply.Stale.class, resolver.resolve(to("192.0.2.53"), query("a.test")));
        Awaitility.await()
                .until(() -> resolver.resolve(to("192.0.2.53"), query("a.test")) instanceof UpstreamReply.Replied);
        now.addAndGet(6 * SECOND);
        assertInstanceOf(UpstreamReply.Replied.class, resolver.resolve(to("192.0.2.53"), query("a.test")));
        assertEquals(4, asked.get());
    }

    @Test
    void failure_afterTheStaleTime_isPassedOn() throws Exception {
        List<UpstreamReply> replies = new ArrayList<>();
        CachingResolver resolver = resolver(new CacheSettings(100, 1 << 20, 0, 86_400, 60), q -> replies.removeFirst());
        replies.add(reply(query("a.test"), 0, "an 300 A 192.0.2.1"));
        replies.add(new UpstreamReply.Silent("dead"));

        resolver.resolve(to("192.0.2.53"), query("a.test"));
        now.addAndGet(361 * SECOND);
        assertInstanceOf(UpstreamReply.Silent.class, resolver.resolve(to("192.0.2.53"), query("a.test")));
    }

    @Test
    void popularAnswer_isAskedForAgain_beforeItEnds() throws Exception {
        CachingResolver resolver = resolver(CacheSettings.DEFAULT, q -> reply(q, 0, "an 100 A 192.0.2.1"));
        for (int i = 0; i < 5; i++) {
            resolver.resolve(to("192.0.2.53"), query("a.test"));
        }
        now.addAndGet(95 * SECOND);
        assertEquals(5, ttl(resolver.resolve(to("192.0.2.53"), query("a.test"))));
        Awaitility.await().until(() -> ttl(resolver.resolve(to("192.0.2.53"), query("a.test"))) == 100);
        assertEquals(2, asked.get());
    }

    @Test
    void cacheOff_keepsNothing_notEvenFailures() throws Exception {
        CachingResolver resolver = resolver(CacheSettings.OFF, q -> reply(q, Rcode.SERVFAIL));
        resolver.resolve(to("192.0.2.53"), query("a.test"));
        resolver.resolve(to("192.0.2.53"), query("a.test"));
        assertEquals(2, asked.get());
    }

    @Test
    void manyNames_stayWithinEntriesAndBytes() throws Exception {
        CachingResolver few =
                resolver(new CacheSettings(1_000, 1L << 30, 0, 86_400, 0), q -> reply(q, 0, "an 300 A 192.0.2.1"));
        CachingResolver small =
                resolver(new CacheSettings(100_000, 1L << 20, 0, 86_400, 0), q -> reply(q, 0, "an 300 A 192.0.2.1"));
        for (int i = 0; i < 20_000; i++) {
            few.resolve(to("192.0.2.53"), query("n" + i + ".test"));
            small.resolve(to("192.0.2.53"), query("n" + i + ".test"));
        }
        long entries = figure(few, "cache.entries");
        assertTrue(entries > 900 && entries <= 1_000, "entries: " + entries);
        long inBytes = figure(small, "cache.entries");
        assertTrue(inBytes > 1_000 && inBytes < 1_048_576 / 100, "entries in 1 MiB: " + inBytes);
    }
}

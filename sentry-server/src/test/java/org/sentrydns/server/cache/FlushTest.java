package org.sentrydns.server.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.sentrydns.server.config.CacheSettings;
import org.sentrydns.server.upstream.UpstreamReply;
import org.sentrydns.server.wire.Queries;
import org.sentrydns.server.wire.UpstreamQuery;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Answers that hold no longer, and one that goes on: those of another network, all when somebody says so, not for a referral. */
final class FlushTest {
    private static final String ANSWER = "an a.test 300 A 192.0.2.1";

    /** As when a laptop comes into another network, where other names exist. */
    @Test
    void hit_ofOtherMachineResolvers_isNone() throws Exception {
        ScriptedCache cache = new ScriptedCache(CacheSettings.DEFAULT, q -> ScriptedCache.reply(q, 0, ANSWER));
        byte[] query = Queries.of("a.test", Type.A);
        cache.asks("system", "192.0.2.1");
        cache.ask(query, "system");
        cache.ask(query, "system");
        assertEquals(1, cache.asked());

        cache.asks("system", "198.51.100.1");
        cache.ask(query, "system");
        assertEquals(2, cache.asked());

        cache.asks("system", "192.0.2.1");
        cache.ask(query, "system");
        assertEquals(2, cache.asked());
    }

    /** It is no answer, and must not take the place of one that has run out. */
    @Test
    void referral_leavesAnOldAnswer_andIsPassedOnWhereThereIsNone() throws Exception {
        AtomicInteger times = new AtomicInteger();
        ScriptedCache cache = new ScriptedCache(
                CacheSettings.DEFAULT,
                q -> times.incrementAndGet() == 1
                        ? ScriptedCache.reply(q, 0, ANSWER)
                        : ScriptedCache.reply(q, 0, "au test 60 NS ns.test."));
        cache.ask("a.test", Type.A);
        cache.pass(Duration.ofSeconds(301));
        assertEquals(
                1,
                ScriptedCache.message(cache.ask("a.test", Type.A))
                        .getSection(Section.ANSWER)
                        .size());
        UpstreamReply other = cache.ask("b.test", Type.A);
        assertEquals(
                1, ScriptedCache.message(other).getSection(Section.AUTHORITY).size());
    }

    @Test
    void flush_forgetsAnswersAndFailures() throws Exception {
        AtomicInteger times = new AtomicInteger();
        ScriptedCache cache = new ScriptedCache(
                CacheSettings.DEFAULT,
                q -> times.incrementAndGet() % 2 == 1
                        ? ScriptedCache.reply(q, Rcode.SERVFAIL)
                        : ScriptedCache.reply(q, 0, ANSWER));
        cache.ask("failed.test", Type.A);
        cache.ask("a.test", Type.A);

        assertEquals(1, cache.flush());

        assertEquals(0, cache.entries());
        cache.ask("a.test", Type.A);
        cache.ask("failed.test", Type.A);
        assertEquals(4, cache.asked());
    }

    @Test
    void flush_keepsNothingOfWhatWasAskedBefore() throws Exception {
        List<ScriptedCache> self = new ArrayList<>();
        ScriptedCache cache = new ScriptedCache(CacheSettings.DEFAULT, q -> flushed(self, q));
        self.add(cache);
        cache.ask("a.test", Type.A);

        assertEquals(0, cache.entries());
    }

    private static UpstreamReply flushed(List<ScriptedCache> caches, UpstreamQuery query) {
        caches.forEach(ScriptedCache::flush);
        return ScriptedCache.reply(query, 0, ANSWER);
    }
}

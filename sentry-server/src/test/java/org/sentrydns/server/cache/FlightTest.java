package org.sentrydns.server.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sentrydns.server.config.CacheSettings;
import org.sentrydns.server.upstream.UpstreamReply;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.Queries;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Type;

/** Which questions in flight are the same (RFC 5452 section 5). */
@Timeout(30)
final class FlightTest {
    private final CountDownLatch release = new CountDownLatch(1);

    private ScriptedCache cache(int ttl) {
        return new ScriptedCache(CacheSettings.DEFAULT, query -> {
            try {
                release.await();
                return ScriptedCache.reply(query, 0, "an www.test " + ttl + " A 192.0.2.1");
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    private static byte[] withFlags(byte[] query, int flags) {
        Header.put16(query, 2, flags);
        return query;
    }

    @Test
    void questionsThatDiffer_areAskedEach() throws Exception {
        ScriptedCache cache = cache(60);
        List<byte[]> queries = List.of(
                Queries.of("www.test", Type.A),
                Queries.of("www2.test", Type.A),
                Queries.of("www.test", Type.AAAA),
                Queries.of("www.test", Type.A, DClass.CH),
                Queries.withEdns("www.test", Type.A, 1232, ExtendedFlags.DO),
                withFlags(Queries.of("www.test", Type.A), Header.RD | Header.CD),
                withFlags(Queries.of("www.test", Type.A), Header.RD | Header.AD),
                withFlags(Queries.of("www.test", Type.A), 0));
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<UpstreamReply>> replies = new ArrayList<>();
            for (byte[] query : queries) {
                replies.add(clients.submit(() -> cache.ask(query)));
                replies.add(clients.submit(() -> cache.ask(query)));
            }
            replies.add(clients.submit(() -> cache.ask(queries.getFirst(), "192.0.2.54")));
            Awaitility.await().until(() -> cache.joined() == queries.size());
            Awaitility.await().until(() -> cache.asked() == queries.size() + 1);
            release.countDown();
            for (Future<UpstreamReply> reply : replies) {
                ScriptedCache.message(reply.get());
            }
        }
        assertEquals(queries.size() + 1, cache.asked());
    }

    @Test
    void sameQuestionInOtherLetters_withOtherIdAndEdnsSize_isAskedOnce_evenWithTtlZero() throws Exception {
        ScriptedCache cache = cache(0);
        byte[] otherId = Queries.of("www.test", Type.A);
        Header.put16(otherId, 0, 0x7777);
        List<byte[]> queries = List.of(
                Queries.of("www.test", Type.A),
                otherId,
                Queries.of("WWW.Test", Type.A),
                Queries.withEdns("www.test", Type.A, 512, 0),
                Queries.withEdns("wWw.test", Type.A, 4096, 0));
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<UpstreamReply>> replies = new ArrayList<>();
            for (byte[] query : queries) {
                replies.add(clients.submit(() -> cache.ask(query)));
            }
            Awaitility.await().until(() -> cache.joined() == queries.size() - 1);
            release.countDown();
            for (Future<UpstreamReply> reply : replies) {
                assertEquals(List.of(0L), ScriptedCache.ttls(reply.get()));
            }
        }
        assertEquals(1, cache.asked());
        cache.ask(queries.getFirst());
        assertEquals(2, cache.asked());
    }
}

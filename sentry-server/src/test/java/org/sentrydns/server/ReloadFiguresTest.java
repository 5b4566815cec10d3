package org.sentrydns.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.sentrydns.server.plugin.JarMaker;
import org.sentrydns.server.rule.RuleFigures;
import org.sentrydns.server.upstream.FakeUpstream;
import org.sentrydns.server.upstream.Replies;
import org.xbill.DNS.Rcode;

/** What has been counted goes on through a reload. */
final class ReloadFiguresTest extends ReloadFixture {

    @Test
    void reload_keepsTheFiguresOfALineThatIsStillThere() throws Exception {
        rcode("b.test.");
        RuleFigures before =
                server.edition().rules().rules().getLast().figures().orElseThrow();
        config("\"hush ^b\\\\.\"");
        done();
        rcode("b.test.");

        assertEquals(2, before.hits());
        assertEquals(
                2,
                server.edition()
                        .rules()
                        .rules()
                        .getFirst()
                        .figures()
                        .orElseThrow()
                        .hits());
    }

    @Test
    void reload_withAnotherTimeoutAndCache_goesOnWithTheFigures() throws Exception {
        try (FakeUpstream upstream =
                FakeUpstream.start(question -> question.reply(Replies.address(question.bytes(), "192.0.2.1")))) {
            new JarMaker(plugins).forwarding("Pass", "pass", upstream.port()).write("pass.jar");
            config("\"pass ^\"");
            done();
            assertEquals(Rcode.NOERROR, rcode("a.test."));
            config(0, "\"pass ^\"", "\"resolution_timeout\": 3, \"cache\": {\"stale\": 60},");
            done();

            assertEquals(1, server.upstreamFigures().getFirst().asked());
            assertEquals(1L, server.cacheFigures().get("cache.misses"));
            assertEquals(Rcode.NOERROR, rcode("b.test."));
            assertEquals(2, server.upstreamFigures().getFirst().asked());
            assertEquals(2L, server.cacheFigures().get("cache.misses"));
        }
    }
}

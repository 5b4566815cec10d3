package org.sentrydns.server.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sentrydns.server.config.CacheSettings;
import org.sentrydns.server.wire.Queries;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** What an upstream says beside the answer is never believed about other questions (RFC 2181 section 5.4.1). */
final class BailiwickTest {
    private static final String SIGNED = " 8 2 60 20300101000000 20200101000000 1 test. AQID";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            true  | an www.test 60 A 192.0.2.1
            true  | an WWW.Test 60 A 192.0.2.1
            true  | an www.test 60 CNAME b.test.; an b.test 60 A 192.0.2.1
            true  | an www.test 60 CNAME b.test.; an b.test 60 CNAME c.org.; an c.org 60 A 192.0.2.1
            true  | an test 60 DNAME org.; an www.test 60 CNAME www.org.; an www.org 60 A 192.0.2.1
            true  | an www.test 60 CNAME b.test.; an www.test 60 RRSIG CNAME%s; an b.test 60 A 192.0.2.1; an b.test 60 RRSIG A%s
            true  | an test 60 DNAME org.; an test 60 RRSIG DNAME%s; an www.test 60 CNAME www.org.; an www.org 60 A 192.0.2.1
            false | an www.test 60 A 192.0.2.1; an other.test 60 A 6.6.6.6
            false | an other.test 60 A 6.6.6.6; an www.test 60 A 192.0.2.1
            false | an www.test 60 CNAME b.test.; an c.test 60 A 6.6.6.6
            false | an b.test 60 A 192.0.2.1; an www.test 60 CNAME b.test.
            false | an www.test 60 A 192.0.2.1; an other.test 60 RRSIG A%s
            false | an test 60 A 6.6.6.6
            false | an org 60 DNAME net.; an www.test 60 A 192.0.2.1
            """)
    void reply_isKept_whereItsAnswersAreAboutTheQuestion(boolean kept, String answers) throws Exception {
        String[] records = answers.replace("%s", SIGNED).split(";", -1);
        ScriptedCache cache = new ScriptedCache(CacheSettings.DEFAULT, query -> ScriptedCache.reply(query, 0, records));
        for (int i = 0; i < 2; i++) {
            assertEquals(
                    records.length,
                    ScriptedCache.ttls(cache.ask("www.test", Type.A)).size(),
                    "it is passed on whole");
        }
        assertEquals(kept ? 1 : 2, cache.asked());
    }

    @Test
    void otherRecordsOfAReply_answerNoOtherQuestion() throws Exception {
        ScriptedCache cache = new ScriptedCache(
                CacheSettings.DEFAULT,
                query -> ScriptedCache.reply(
                        query,
                        0,
                        "an www.test 60 CNAME b.test.",
                        "an b.test 60 A 192.0.2.1",
                        "au victim.org 60 NS ns.evil.org.",
                        "ad victim.org 60 A 6.6.6.6",
                        "ad ns.evil.org 60 A 6.6.6.6"));
        cache.ask("www.test", Type.A);
        cache.ask("www.test", Type.A);
        assertEquals(1, cache.asked());
        cache.ask("victim.org", Type.A);
        cache.ask("victim.org", Type.NS);
        cache.ask("ns.evil.org", Type.A);
        cache.ask("b.test", Type.A);
        cache.ask("www.test", Type.CNAME);
        assertEquals(6, cache.asked());
    }

    @Test
    void nxdomainBehindACname_isNotSaidOfTheAlias_norOfOtherNames() throws Exception {
        ScriptedCache cache = new ScriptedCache(
                CacheSettings.DEFAULT,
                query -> ScriptedCache.reply(
                        query,
                        Rcode.NXDOMAIN,
                        "an www.test 60 CNAME gone.test.",
                        "au test 60 SOA ns. host. 1 2 3 4 60"));
        cache.ask("www.test", Type.A);
        assertEquals(
                1,
                ScriptedCache.message(cache.ask("www.test", Type.A))
                        .getSection(org.xbill.DNS.Section.ANSWER)
                        .size());
        assertEquals(1, cache.asked());
        cache.ask("www.test", Type.AAAA);
        cache.ask("gone.test", Type.A);
        cache.ask("below.gone.test", Type.A);
        cache.ask(Queries.of("below.www.test", Type.A));
        assertEquals(5, cache.asked());
    }

    @ParameterizedTest
    @CsvSource({"30, 1", "40, 2"})
    void longChainOfAliases_isPassedOn_andKeptUpToALength(int aliases, int asked) throws Exception {
        String[] records = new String[aliases];
        for (int i = 0; i < aliases; i++) {
            records[i] = "an " + (i == 0 ? "www" : "a" + i) + ".test 60 CNAME a" + (i + 1) + ".test.";
        }
        ScriptedCache cache = new ScriptedCache(CacheSettings.DEFAULT, query -> ScriptedCache.reply(query, 0, records));
        for (int i = 0; i < 2; i++) {
            assertEquals(
                    aliases,
                    ScriptedCache.ttls(cache.ask("www.test", Type.CNAME)).size());
        }
        assertEquals(asked, cache.asked());
    }
}

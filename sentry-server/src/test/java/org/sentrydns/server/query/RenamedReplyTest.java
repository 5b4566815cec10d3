package org.sentrydns.server.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.Policy;
import org.sentrydns.api.Transport;
import org.sentrydns.api.Upstream;
import org.sentrydns.server.rule.FakeVerb;
import org.sentrydns.server.rule.RuleBook;
import org.sentrydns.server.rule.Rules;
import org.sentrydns.server.stats.Statistics;
import org.sentrydns.server.upstream.Replies;
import org.sentrydns.server.upstream.UpstreamReply;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.Queries;
import org.sentrydns.server.wire.UpstreamQuery;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Type;

/** Whatever records an upstream sends, the client of a rewritten query gets a reply. The seed is fixed. */
final class RenamedReplyTest {
    private static final int MUTATIONS = 20_000;

    @Test
    void handle_rewrittenQueryWithMutatedReplies_isAlwaysAnswered() {
        Random random = new Random(20_261_124);
        Outcome forward = Outcome.forward(List.of(Upstream.parse("127.0.0.1")), new Policy.Race());
        RuleBook rules = Rules.book(
                List.of(FakeVerb.rename(), FakeVerb.plain("resolve", query -> forward)),
                "rename ^www to new.test",
                "resolve .");
        QueryHandler handler = new QueryHandler(
                rules,
                (asked, question) -> new UpstreamReply.Replied(mutate(question, random), "192.0.2.53:53"),
                new Statistics(System::nanoTime),
                Local.PLAIN);
        byte[] query = Queries.withEdns("www.test", Type.A, 4096, 0);
        Logger log = (Logger) LoggerFactory.getLogger("sentry.core");
        log.setLevel(Level.OFF);
        try {
            for (int i = 0; i < MUTATIONS; i++) {
                byte[] reply = handler.handle(query, Rules.asker("10.0.0.1", Transport.TCP));
                assertTrue(reply != null && reply.length >= Header.LENGTH);
                assertEquals(Queries.ID, Header.id(reply));
            }
        } finally {
            log.setLevel(null);
        }
    }

    /** Only what the upstreams would let through. */
    private static byte[] mutate(UpstreamQuery question, Random random) {
        byte[] good = Replies.with(
                question.bytes(),
                0,
                "A 192.0.2.1",
                "MX 10 mail.new.test.",
                "TXT \"one\" \"two\"",
                "SOA ns.test. mail.test. 1 2 3 4 5",
                "NAPTR 1 2 \"u\" \"sip\" \"!x!y!\" .",
                "CAA 0 issue \"ca.test\"",
                "HTTPS 1 . alpn=h2");
        while (true) {
            byte[] bytes = good.clone();
            for (int change = 0; change <= random.nextInt(4); change++) {
                int at = question.questionEnd() + random.nextInt(bytes.length - question.questionEnd());
                bytes[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : bytes[at] ^ 1 << random.nextInt(8));
            }
            if (question.isAnsweredBy(bytes)) {
                return bytes;
            }
        }
    }
}

package org.sentrydns.server.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.Policy;
import org.sentrydns.api.Transport;
import org.sentrydns.api.Upstream;
import org.sentrydns.server.rule.Asker;
import org.sentrydns.server.rule.FakeVerb;
import org.sentrydns.server.rule.Inquiry;
import org.sentrydns.server.rule.RuleBook;
import org.sentrydns.server.rule.Rules;
import org.sentrydns.server.wire.Queries;
import org.sentrydns.server.wire.QueryMessage;
import org.xbill.DNS.Type;

final class ObservationTest {
    private static final Outcome FORWARD = Outcome.forward(List.of(Upstream.parse("192.0.2.53")), new Policy.Race());

    private final Observation observation = new Observation(Clock.systemUTC());
    private final RuleBook book = Rules.book(
            List.of(
                    FakeVerb.plain("blocklisted", query -> query.type() == Type.A ? Outcome.drop() : FORWARD),
                    FakeVerb.plain("say", query -> Outcome.drop())),
            "blocklisted ^a",
            "say ^b");

    private void ended(String name, int type) {
        Asker asker = Rules.asker("10.0.0.1", Transport.UDP);
        QueryMessage query = Queries.decoded(Queries.of(name, type));
        observation.finished(asker, query, book.decide(Inquiry.of(asker, query)), null, null, 1000);
    }

    @Test
    void blocked_isWhatAVerbThatBlocksKeepsFromAClient() {
        ended("a.test", Type.A);
        ended("a.test", Type.AAAA);
        ended("b.test", Type.A);
        ended("c.test", Type.A);

        assertEquals(1, observation.blockedQueries());
        assertEquals("a.test", observation.blocked().top(5).getFirst().getKey());
    }
}

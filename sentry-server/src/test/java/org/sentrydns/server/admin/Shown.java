package org.sentrydns.server.admin;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.Transport;
import org.sentrydns.server.list.DomainList;
import org.sentrydns.server.observe.Observation;
import org.sentrydns.server.rule.Asker;
import org.sentrydns.server.rule.FakeVerb;
import org.sentrydns.server.rule.Inquiry;
import org.sentrydns.server.rule.RuleBook;
import org.sentrydns.server.rule.Rules;
import org.sentrydns.server.stats.Statistics;
import org.sentrydns.server.wire.Queries;
import org.sentrydns.server.wire.QueryMessage;
import org.xbill.DNS.Type;

/** What there is to see, for tests: two rules and nothing else. */
final class Shown {
    /** It cannot reload, and had seven answers in its cache. */
    static final Steering STEERING = new Steering() {
        @Override
        public Map<String, Object> reload() {
            return Map.of("reloaded", false, "problems", List.of("this server cannot reload"));
        }

        @Override
        public long flushCache() {
            return 7;
        }
    };

    private Shown() {}

    static Insight insight() {
        return insight(Map.of());
    }

    static Insight insight(Map<String, DomainList> lists) {
        RuleBook book = Rules.book(
                List.of(
                        FakeVerb.plain("block", query -> Outcome.drop()),
                        FakeVerb.plain("say", query -> Outcome.drop())),
                "block ^ads",
                "say ^www");
        return new Insight(
                "1",
                () -> true,
                () -> book,
                book::explain,
                () -> lists,
                new Statistics(System::nanoTime),
                new Observation(Clock.systemUTC()),
                List::of,
                () -> new TreeMap<>(Map.of("cache.hits", 1L)),
                Map.of());
    }

    static List<Route> routes() {
        Insight insight = insight();
        return AdminServer.routes(insight, STEERING, new History(insight), new LiveApi(insight.observation()));
    }

    /** A query ends; the rules are asked as they are when queries come. */
    static void query(Insight insight, String name, int type) {
        QueryMessage query = Queries.decoded(Queries.of(name, type));
        InetSocketAddress client = new InetSocketAddress(InetAddress.getLoopbackAddress(), 4000);
        Asker asker = new Asker(client, client, Transport.UDP);
        insight.observation()
                .finished(asker, query, insight.rules().get().decide(Inquiry.of(asker, query)), null, null, 1000);
    }

    static void query(Insight insight, String name) {
        query(insight, name, Type.A);
    }
}

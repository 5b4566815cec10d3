package org.sentrydns.server.query;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.Policy;
import org.sentrydns.api.Reply;
import org.sentrydns.api.Transport;
import org.sentrydns.server.cache.CachingResolver;
import org.sentrydns.server.config.CacheSettings;
import org.sentrydns.server.loop.SharedLoops;
import org.sentrydns.server.rule.FakeVerb;
import org.sentrydns.server.rule.Rules;
import org.sentrydns.server.stats.Statistics;
import org.sentrydns.server.upstream.FakeUpstream;
import org.sentrydns.server.upstream.UpstreamSettings;
import org.sentrydns.server.upstream.Upstreams;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;

/** The whole way of a query but for the listeners, for tests: rules, cache and one upstream. Its clock stands still. */
record Stack(QueryHandler handler, Upstreams upstreams, FakeUpstream upstream, AtomicLong clock)
        implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    static Stack over(FakeUpstream.Script script, String... lines) throws IOException {
        return over(false, script, lines);
    }

    static Stack over(boolean caseRandomisation, FakeUpstream.Script script, String... lines) throws IOException {
        FakeUpstream upstream = FakeUpstream.start(script);
        Upstreams upstreams = new Upstreams(
                new UpstreamSettings(TIMEOUT, caseRandomisation, false, List.of()),
                address -> false,
                SharedLoops.get());
        AtomicLong clock = new AtomicLong();
        CachingResolver cache =
                new CachingResolver(upstreams, upstreams::asked, CacheSettings.DEFAULT, TIMEOUT, clock::get);
        QueryHandler handler = new QueryHandler(
                Rules.book(verbs(upstream), lines), cache, new Statistics(System::nanoTime), Policies.DEFAULT);
        return new Stack(handler, upstreams, upstream, clock);
    }

    private static List<FakeVerb> verbs(FakeUpstream upstream) {
        Outcome forward = Outcome.forward(List.of(upstream.overUdp()), new Policy.Race());
        return List.of(
                FakeVerb.rename(),
                FakeVerb.plain("resolve", query -> forward),
                FakeVerb.plain("block", query -> Outcome.answer(Reply.empty())),
                FakeVerb.plain(
                        "answer",
                        query -> Outcome.answer(Reply.of(Local.record("local.test", org.xbill.DNS.Type.A, "192.0.2.9")
                                .withName(query.name())))),
                new FakeVerb("redirect", text -> {
                    text.keyword("to");
                    var target = text.name("a name");
                    return query -> Outcome.answer(Reply.of(new CNAMERecord(query.name(), DClass.IN, 300, target))
                            .withTargetResolved());
                }));
    }

    byte[] reply(Transport transport, byte[] query) {
        return Objects.requireNonNull(handler.handle(query, Rules.asker("10.0.0.1", transport)), "there was no reply");
    }

    /** Over TCP, so that nothing is truncated. */
    byte[] reply(byte[] query) {
        return reply(Transport.TCP, query);
    }

    Message ask(byte[] query) throws IOException {
        return new Message(reply(query));
    }

    void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    @Override
    public void close() {
        upstreams.close();
        upstream.close();
    }
}

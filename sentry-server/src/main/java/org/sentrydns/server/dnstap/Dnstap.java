package org.sentrydns.server.dnstap;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sentrydns.api.Upstream;
import org.sentrydns.server.config.DnstapSettings;
import org.sentrydns.server.observe.Courier;
import org.sentrydns.server.observe.QueryEvent;
import org.sentrydns.server.observe.QueryListener;
import org.sentrydns.server.upstream.Resolver;
import org.sentrydns.server.upstream.UpstreamReply;
import org.sentrydns.server.wire.UpstreamQuery;

/** Sends queries to a dnstap collector. Thread-safe. */
public final class Dnstap implements QueryListener, AutoCloseable {
    private final Collector collector;
    private final Courier<Tapped> courier;
    private final Clock clock;

    /**
     * Starts to connect, in the background.
     *
     * @param version that of this server
     */
    public Dnstap(DnstapSettings settings, String version, Clock clock) {
        this.clock = clock;
        this.collector = new Collector(settings, "sentry " + version, System::nanoTime);
        this.courier = new Courier<>("sentry-dnstap", Tapped::size, collector);
    }

    @Override
    public void seen(QueryEvent event) {
        courier.carry(Tapped.of(event));
    }

    /** The same upstreams, with an eye on what goes to them: one question and reply for all attempts together. */
    public Resolver watching(Resolver upstreams) {
        return (forward, query) -> {
            Instant asked = clock.instant();
            UpstreamReply reply = upstreams.resolve(forward, query);
            courier.carry(tapped(forward.upstreams(), query, asked, reply));
            return reply;
        };
    }

    private Tapped tapped(List<Upstream> upstreams, UpstreamQuery query, Instant asked, UpstreamReply reply) {
        UpstreamReply.Replied replied = reply instanceof UpstreamReply.Replied some ? some : null;
        Upstream whose = whose(upstreams, replied);
        return new Tapped(
                true,
                null,
                whose == null ? null : address(whose),
                Tapped.protocol((whose == null ? upstreams.getFirst() : whose).kind()),
                asked,
                clock.instant(),
                replied == null ? query.bytes() : query.asAnsweredBy(replied.message()),
                replied == null ? null : replied.message());
    }

    /** Who replied, or the only one that was asked. */
    private static @Nullable Upstream whose(List<Upstream> upstreams, UpstreamReply.@Nullable Replied replied) {
        if (upstreams.size() == 1) {
            return upstreams.getFirst();
        }
        return upstreams.stream()
                .filter(upstream -> replied != null && replied.from().equals(upstream.toString()))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable InetSocketAddress address(Upstream upstream) {
        return upstream.kind() == Upstream.Kind.SYSTEM || upstream.isNamed()
                ? null
                : new InetSocketAddress(upstream.host(), upstream.port());
    }

    /** How many queries did not reach the collector. */
    public long lost() {
        return courier.lost() + collector.lost();
    }

    @Override
    public void close() {
        courier.close();
    }
}

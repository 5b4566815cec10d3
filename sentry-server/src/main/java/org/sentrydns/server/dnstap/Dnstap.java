package org.sentrydns.server.dnstap;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sentrydns.api.Outcome;
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
            courier.carry(tapped(forward, query, asked, reply));
            return reply;
        };
    }

    private Tapped tapped(Outcome.Forward forward, UpstreamQuery query, Instant asked, UpstreamReply reply) {
        byte[] message = switch (reply) {
            case UpstreamReply.Replied replied -> replied.message();
            case UpstreamReply.Stale stale -> null;
            case UpstreamReply.Silent silent -> null;
        };
        InetSocketAddress server = onlyServer(forward.upstreams());
        int protocol = Tapped.protocol(forward.upstreams().getFirst().kind());
        return new Tapped(true, null, server, protocol, asked, clock.instant(), query.bytes(), message);
    }

    /** Whose reply it is can be said only where one alone is asked, by its address. */
    private static @Nullable InetSocketAddress onlyServer(List<Upstream> upstreams) {
        Upstream upstream = upstreams.getFirst();
        if (upstreams.size() > 1 || upstream.kind() == Upstream.Kind.SYSTEM || upstream.isNamed()) {
            return null;
        }
        return new InetSocketAddress(upstream.host(), upstream.port());
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

package org.sentrydns.server.upstream;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.Upstream;
import org.sentrydns.server.loop.QueryLoops;
import org.sentrydns.server.stats.NanoClock;
import org.sentrydns.server.wire.UpstreamQuery;

/** The entry of this room. Thread-safe. */
public final class Upstreams implements Resolver, AutoCloseable {
    private static final int QUICK_SHARE = 16;
    private static final int PATIENCE_SHARE = 4;

    private final long timeoutNanos;
    private final UdpSockets sockets;
    private final SystemResolvers system;
    private final KnownAddresses known;
    private final TargetFactory factory;
    private final ConcurrentMap<Upstream, Target> targets = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, UpstreamTally> tallies;

    /**
     * Opens nothing yet.
     *
     * @param loops read the sockets
     * @param settings how to ask
     * @param isOurselves whether asking that address would come back to this server
     */
    public Upstreams(UpstreamSettings settings, Predicate<InetSocketAddress> isOurselves, QueryLoops loops) {
        this(settings, isOurselves, loops, new ConcurrentHashMap<>(), null);
    }

    private Upstreams(
            UpstreamSettings settings,
            Predicate<InetSocketAddress> isOurselves,
            QueryLoops loops,
            ConcurrentMap<String, UpstreamTally> tallies,
            @Nullable KnownAddresses earlier) {
        this.tallies = tallies;
        this.timeoutNanos = settings.timeout().toNanos();
        this.sockets = new UdpSockets(loops);
        this.system = new SystemResolvers(isOurselves);
        List<Upstream> bootstrap = settings.bootstrap().isEmpty()
                ? List.of(new Upstream(Upstream.Kind.SYSTEM, "", 0, ""))
                : settings.bootstrap();
        Bootstrap lookup = new Bootstrap(() -> targets(bootstrap), timeoutNanos);
        this.known = earlier == null ? new KnownAddresses(lookup, NanoClock.SYSTEM) : earlier.asking(lookup);
        this.factory = new TargetFactory(
                sockets, settings.caseRandomisation(), settings.announced(), known, isOurselves, tallies);
    }

    /** Others, asked in another way, which go on with the figures of these, and with the addresses of those that are named. */
    public Upstreams next(UpstreamSettings settings, Predicate<InetSocketAddress> isOurselves, QueryLoops loops) {
        return new Upstreams(settings, isOurselves, loops, tallies, known);
    }

    @Override
    public UpstreamReply resolve(Outcome.Forward forward, UpstreamQuery query) throws InterruptedException {
        long deadline = System.nanoTime() + timeoutNanos;
        List<Target> asked = targets(forward.upstreams());
        if (asked.size() > 1) {
            for (Target target : asked) {
                if (target.health().wantsProbe()) {
                    target.probe(query, timeoutNanos);
                }
            }
        }
        return switch (asked.size()) {
            case 0 -> new UpstreamReply.Silent("this machine has no other resolvers");
            case 1 -> alone(asked.getFirst(), query, deadline);
            default -> {
                UpstreamReply reply = lastOneUp(asked, query);
                yield reply != null ? reply : Race.run(asked, forward.policy(), query, deadline);
            }
        };
    }

    /** With all others down, a quick upstream needs no race; null if it does not succeed in its share of the time. */
    private @Nullable UpstreamReply lastOneUp(List<Target> asked, UpstreamQuery query) throws InterruptedException {
        Target up = null;
        for (Target target : asked) {
            if (!target.health().isDown()) {
                if (up != null) {
                    return null;
                }
                up = target;
            }
        }
        if (up == null || !up.health().isQuickerThan(timeoutNanos / QUICK_SHARE)) {
            return null;
        }
        UpstreamReply reply = alone(up, query, System.nanoTime() + timeoutNanos / PATIENCE_SHARE);
        return reply instanceof UpstreamReply.Replied replied && UpstreamQuery.isSuccess(replied.message())
                ? reply
                : null;
    }

    private static UpstreamReply alone(Target target, UpstreamQuery query, long deadline) throws InterruptedException {
        try {
            byte[] reply = target.ask(query, deadline);
            if (UpstreamQuery.isSuccess(reply)) {
                target.health().won();
            }
            return new UpstreamReply.Replied(reply, target.name());
        } catch (IOException e) {
            return new UpstreamReply.Silent(target.blame(e));
        }
    }

    private List<Target> targets(List<Upstream> upstreams) {
        List<Upstream> asked = asked(upstreams);
        List<Target> found = new ArrayList<>(asked.size());
        for (Upstream upstream : asked) {
            found.add(target(upstream));
        }
        return found;
    }

    /** Those that are really asked: the resolvers that this machine has now where that is what the rule says. */
    public List<Upstream> asked(List<Upstream> upstreams) {
        for (Upstream upstream : upstreams) {
            if (upstream.kind() == Upstream.Kind.SYSTEM) {
                return upstreams.size() == 1 ? system.current() : withSystem(upstreams);
            }
        }
        return upstreams;
    }

    private List<Upstream> withSystem(List<Upstream> upstreams) {
        List<Upstream> asked = new ArrayList<>();
        for (Upstream upstream : upstreams) {
            if (upstream.kind() == Upstream.Kind.SYSTEM) {
                asked.addAll(system.current());
            } else {
                asked.add(upstream);
            }
        }
        return List.copyOf(asked);
    }

    private Target target(Upstream upstream) {
        Target known = targets.get(upstream);
        return known != null ? known : targets.computeIfAbsent(upstream, factory::make);
    }

    /** What each upstream has done, by name; also those that were asked before a reload only. */
    public List<UpstreamFigures> figures() {
        Map<String, UpstreamFigures> figures = new TreeMap<>();
        tallies.forEach((name, tally) -> figures.put(name, tally.figures(false)));
        targets.values()
                .forEach(target -> figures.put(target.name(), target.health().figures()));
        return List.copyOf(figures.values());
    }

    /** How many UDP sockets are open to upstreams. */
    public int sockets() {
        return sockets.open();
    }

    @Override
    public void close() {
        targets.values().forEach(target -> target.exchange().close());
        factory.close();
        sockets.close();
    }
}

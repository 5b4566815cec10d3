package org.sentrydns.server.upstream;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import org.sentrydns.api.Upstream;
import org.sentrydns.server.stats.NanoClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the way to ask an upstream. Thread-safe. When closed, names of upstreams are looked up as all others are. */
final class TargetFactory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.net");

    private final Set<String> names = ConcurrentHashMap.newKeySet();
    private final QueryIds ids = new QueryIds();
    private final UdpSockets sockets;
    private final boolean randomCase;
    private final boolean announced;
    private final KnownAddresses known;
    private final Predicate<InetSocketAddress> isOurselves;
    private final ConcurrentMap<String, UpstreamTally> tallies;

    TargetFactory(
            UdpSockets sockets,
            boolean randomCase,
            boolean announced,
            KnownAddresses known,
            Predicate<InetSocketAddress> isOurselves,
            ConcurrentMap<String, UpstreamTally> tallies) {
        this.sockets = sockets;
        this.randomCase = randomCase;
        this.announced = announced;
        this.known = known;
        this.isOurselves = isOurselves;
        this.tallies = tallies;
    }

    Target make(Upstream upstream) {
        boolean encrypted = upstream.kind() == Upstream.Kind.TLS || upstream.kind() == Upstream.Kind.HTTPS;
        // Nobody forges what comes over a connection.
        boolean forgeable = upstream.kind() == Upstream.Kind.UDP;
        Exchange exchange = new AdaptiveExchange(possible(upstream), ids, randomCase && forgeable, encrypted);
        String name = upstream.toString();
        UpstreamTally tally = tallies.computeIfAbsent(name, UpstreamTally::new);
        return new Target(name, exchange, new TargetHealth(tally, announced, NanoClock.SYSTEM));
    }

    /** One upstream that cannot be asked loses the race, and does not keep the others from it. */
    private Exchange possible(Upstream upstream) {
        try {
            return exchange(upstream);
        } catch (IllegalArgumentException e) {
            return new LateExchange(() -> exchange(upstream));
        }
    }

    private Exchange exchange(Upstream upstream) {
        if (!upstream.isNamed()) {
            if (isOurselves.test(address(upstream))) {
                LOG.warn("upstream {} is this server itself, and is never asked", upstream);
                return new LoopExchange();
            }
        } else {
            BootstrapNames.register(upstream.host(), known);
            names.add(upstream.host());
        }
        return switch (upstream.kind()) {
            case UDP -> {
                InetSocketAddress address = address(upstream);
                yield new UdpExchange(address, ids, sockets, new StreamExchange(new TcpDialer(address), ids));
            }
            case TCP -> new StreamExchange(new TcpDialer(address(upstream)), ids);
            case TLS ->
                new StreamExchange(
                        new TlsDialer(
                                upstream.host(),
                                upstream.port(),
                                upstream.isNamed() ? known::fresh : TargetFactory::literal),
                        ids);
            // Java's client takes a third of a second to make.
            case HTTPS ->
                new LateExchange(
                        () -> new HttpsExchange(URI.create(upstream.toString()), upstream.isNamed() ? known : null));
            case SYSTEM -> throw new IllegalArgumentException("the system's resolvers are asked one by one");
        };
    }

    @Override
    public void close() {
        names.forEach(name -> BootstrapNames.forget(name, known));
    }

    private static List<InetAddress> literal(String host) throws UnknownHostException {
        return List.of(InetAddress.getByName(host));
    }

    private static InetSocketAddress address(Upstream upstream) {
        try {
            return new InetSocketAddress(InetAddress.getByName(upstream.host()), upstream.port());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("'" + upstream.host() + "' is no address on this machine", e);
        }
    }
}

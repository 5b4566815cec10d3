package org.sentrydns.server.upstream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.Upstream;
import org.sentrydns.server.wire.UpstreamQuery;

/** The entry of this room. Thread-safe. */
public final class Upstreams implements AutoCloseable {
    private final Duration timeout;
    private final QueryIds ids = new QueryIds();
    private final UdpReader reader;
    private final SystemResolvers system;
    private final ConcurrentMap<Upstream, Target> targets = new ConcurrentHashMap<>();

    /**
     * Starts the reader thread.
     *
     * @param timeout how long asking may take, all upstreams and attempts together
     * @param isOurselves whether asking that address would come back to this server
     * @throws IOException if the system gives no selector
     */
    public Upstreams(Duration timeout, Predicate<InetSocketAddress> isOurselves) throws IOException {
        this.timeout = timeout;
        this.reader = new UdpReader();
        this.system = new SystemResolvers(isOurselves);
    }

    /**
     * Asks, and waits for the answer at most as long as the timeout.
     *
     * @param forward whom, and how
     * @param query the question
     * @throws InterruptedException if the answer is no longer wanted
     */
    public UpstreamReply resolve(Outcome.Forward forward, UpstreamQuery query) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        List<Target> asked = targets(forward.upstreams());
        return switch (asked.size()) {
            case 0 -> new UpstreamReply.Silent("this machine has no other resolvers");
            case 1 -> alone(asked.getFirst(), query, deadline);
            default -> Race.run(asked, forward.policy(), query, deadline);
        };
    }

    private static UpstreamReply alone(Target target, UpstreamQuery query, long deadline) throws InterruptedException {
        try {
            return new UpstreamReply.Replied(target.exchange().ask(query, deadline));
        } catch (IOException e) {
            return new UpstreamReply.Silent(target.blame(e));
        }
    }

    private List<Target> targets(List<Upstream> upstreams) {
        List<Target> found = new ArrayList<>(upstreams.size());
        for (Upstream upstream : upstreams) {
            if (upstream.kind() == Upstream.Kind.SYSTEM) {
                for (InetSocketAddress server : system.current()) {
                    found.add(target(
                            new Upstream(Upstream.Kind.UDP, server.getAddress().getHostAddress(), server.getPort())));
                }
            } else {
                found.add(target(upstream));
            }
        }
        return found;
    }

    private Target target(Upstream upstream) {
        Target known = targets.get(upstream);
        return known != null ? known : targets.computeIfAbsent(upstream, this::open);
    }

    private Target open(Upstream upstream) {
        InetSocketAddress address = address(upstream);
        Exchange exchange = upstream.kind() == Upstream.Kind.TCP
                ? new TcpExchange(address, ids)
                : new UdpExchange(address, ids, reader);
        return new Target(upstream.toString(), exchange);
    }

    private static InetSocketAddress address(Upstream upstream) {
        try {
            return new InetSocketAddress(InetAddress.getByName(upstream.host()), upstream.port());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("'" + upstream.host() + "' is not an IP address", e);
        }
    }

    /** How many sockets are open to upstreams. */
    public int sockets() {
        return reader.sockets();
    }

    @Override
    public void close() {
        reader.close();
    }
}

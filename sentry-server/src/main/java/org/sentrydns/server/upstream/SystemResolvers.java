package org.sentrydns.server.upstream;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.sentrydns.api.AddressText;
import org.sentrydns.api.Upstream;
import org.xbill.DNS.ResolverConfig;

/** The resolvers that this machine itself uses. Thread-safe. Looked up anew every few seconds, since laptops travel. */
final class SystemResolvers {
    private static final long FRESH_NANOS = 10_000_000_000L;

    private final Predicate<InetSocketAddress> isOurselves;
    private final ReentrantLock refreshing = new ReentrantLock();
    private volatile Known known = new Known(List.of(), System.nanoTime() - FRESH_NANOS - 1);

    private record Known(List<Upstream> servers, long at) {}

    /** @param isOurselves whether asking that address would come back to this server */
    SystemResolvers(Predicate<InetSocketAddress> isOurselves) {
        this.isOurselves = isOurselves;
    }

    List<Upstream> current() {
        Known current = known;
        if (isFresh(current)) {
            return current.servers();
        }
        // One looks; the others need not wait for it, unless nothing is known yet.
        if (refreshing.isLocked() && !current.servers().isEmpty()) {
            return current.servers();
        }
        refreshing.lock();
        try {
            return isFresh(known) ? known.servers() : refreshed();
        } finally {
            refreshing.unlock();
        }
    }

    private static boolean isFresh(Known some) {
        return System.nanoTime() - some.at() <= FRESH_NANOS;
    }

    private List<Upstream> refreshed() {
        ResolverConfig.refresh();
        List<Upstream> servers = ResolverConfig.getCurrentConfig().servers().stream()
                // Such as one on an interface that is gone: the others still answer.
                .filter(server -> !server.isUnresolved())
                .filter(isOurselves.negate())
                .map(server ->
                        new Upstream(Upstream.Kind.UDP, AddressText.of(server.getAddress()), server.getPort(), ""))
                .toList();
        known = new Known(servers, System.nanoTime());
        return servers;
    }
}

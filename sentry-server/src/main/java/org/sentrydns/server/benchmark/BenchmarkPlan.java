package org.sentrydns.server.benchmark;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.sentrydns.api.AddressText;
import org.xbill.DNS.Type;

/**
 * What a benchmark asks, whom, and how fast. Immutable.
 *
 * @param server the server under test, resolved
 * @param limit the number of queries; names start again when there are fewer. 0: every name once, or, with a
 *     duration, no limit
 * @param duration when to stop sending; zero: no such end
 * @param concurrency the most queries outstanding at once; with TCP also the number of connections
 * @param rate queries a second, 0: as fast as the server replies
 * @param type the DNS type of every query
 * @param tcp TCP instead of UDP
 * @param timeout after this a query counts as lost
 * @param names the file of names; empty: the built-in list
 */
public record BenchmarkPlan(
        InetSocketAddress server,
        int limit,
        Duration duration,
        int concurrency,
        double rate,
        int type,
        boolean tcp,
        Duration timeout,
        Optional<Path> names) {

    static final int MAX_CONCURRENCY = 10_000;
    static final Duration MAX_DURATION = Duration.ofDays(1);
    static final Duration MAX_TIMEOUT = Duration.ofMinutes(1);

    public BenchmarkPlan {
        require(!server.isUnresolved(), "server: no address known for " + server.getHostString());
        require(server.getPort() > 0, "server: expected a port from 1 to 65535, found 0");
        require(limit >= 0, "limit: expected 0 or a number of queries, found " + limit);
        require(
                !duration.isNegative() && duration.compareTo(MAX_DURATION) <= 0,
                "duration: expected 0 seconds to 1 day, found " + seconds(duration));
        require(
                concurrency >= 1 && concurrency <= MAX_CONCURRENCY,
                "concurrency: expected 1 to " + MAX_CONCURRENCY + ", found " + concurrency);
        require(
                rate >= 0 && Double.isFinite(rate),
                "rate: expected queries a second, or 0 for no limit, found " + rate);
        require(type >= 1 && type <= 65535, "type: expected a DNS type from 1 to 65535, found " + type);
        require(
                type != Type.AXFR && type != Type.IXFR && type != Type.OPT && type != Type.TSIG,
                "type: " + Type.string(type) + " cannot be measured, expected one such as A, AAAA or MX");
        require(
                timeout.compareTo(Duration.ofMillis(1)) >= 0 && timeout.compareTo(MAX_TIMEOUT) <= 0,
                "timeout: expected 0.001 to 60 seconds, found " + seconds(timeout));
    }

    /** The server for messages, with brackets around an IPv6 address. */
    String target() {
        return AddressText.of(server);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() / 1e3 + " seconds";
    }
}

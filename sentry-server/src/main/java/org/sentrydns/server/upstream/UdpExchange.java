package org.sentrydns.server.upstream;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.loop.QueryLoop;
import org.sentrydns.server.loop.QueryLoops;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.UpstreamQuery;

/**
 * Asks over UDP, and over TCP when the reply was truncated (RFC 7766 section 5). Thread-safe. Each loop has sockets of its
 * own, so that no query wakes another loop.
 */
final class UdpExchange implements Exchange {
    /** Ports that a forger has to guess from, at least (RFC 5452 section 4.5). */
    private static final int SOCKETS = 32;

    private static final int SOCKETS_OF_A_LOOP = 4;

    private final QueryLoops loops;
    private final Exchange tcp;
    private final Map<QueryLoop, SocketSet> sets;

    UdpExchange(InetSocketAddress upstream, QueryIds ids, UdpSockets sockets, Exchange tcp) {
        this.loops = sockets.loops();
        this.tcp = tcp;
        int size = Math.max(SOCKETS_OF_A_LOOP, Math.ceilDiv(SOCKETS, loops.all().size()));
        sets = loops.all().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(), loop -> new SocketSet(upstream, ids, sockets, loop, size)));
    }

    @Override
    public byte[] ask(UpstreamQuery query, long deadline, TargetHealth health)
            throws IOException, InterruptedException {
        byte[] reply = askUdp(query, deadline, health);
        if (reply == null) {
            throw new SocketTimeoutException("no reply");
        }
        return (Header.flags(reply) & Header.TC) == 0 ? reply : tcp.ask(query, deadline, health);
    }

    private byte @Nullable [] askUdp(UpstreamQuery query, long deadline, TargetHealth health)
            throws IOException, InterruptedException {
        SocketSet set = socketsOfCaller();
        long now = System.nanoTime();
        try {
            return set.socket(now).ask(query, now, deadline, health);
        } catch (ClosedChannelException e) {
            // The socket had served its time between the choice and the sending.
            return set.socket(now).ask(query, now, deadline, health);
        }
    }

    private SocketSet socketsOfCaller() {
        QueryLoop current = QueryLoop.current();
        SocketSet own = current == null ? null : sets.get(current);
        return own != null ? own : Objects.requireNonNull(sets.get(loops.next()));
    }

    @Override
    public void close() {
        tcp.close();
    }
}

package org.sentrydns.server.upstream;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.UpstreamQuery;

/**
 * Asks over UDP, and over TCP when the reply was truncated (RFC 7766 section 5). Thread-safe. Keeps some sockets, takes
 * one at random, and replaces each after a short service. Questions that come in the same moment share one, since the kernel
 * takes what goes by one socket with one call.
 */
final class UdpExchange implements Exchange {
    private static final int SOCKETS = 32;
    private static final long MOMENT_NANOS = 200_000;

    private final InetSocketAddress upstream;
    private final QueryIds ids;
    private final UdpReader reader;
    private final Exchange tcp;
    private final AtomicReferenceArray<@Nullable UdpSocket> sockets = new AtomicReferenceArray<>(SOCKETS);
    private volatile int slot;
    private volatile long slotChosen = System.nanoTime() - MOMENT_NANOS;

    UdpExchange(InetSocketAddress upstream, QueryIds ids, UdpReader reader, Exchange tcp) {
        this.upstream = upstream;
        this.ids = ids;
        this.reader = reader;
        this.tcp = tcp;
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
        try {
            return socket().ask(query, deadline, health);
        } catch (ClosedChannelException e) {
            // The socket had served its time between the choice and the sending.
            return socket().ask(query, deadline, health);
        }
    }

    private UdpSocket socket() throws IOException {
        int at = slot();
        UdpSocket current = sockets.get(at);
        if (current != null && !current.isWorn()) {
            return current;
        }
        UdpSocket fresh = new UdpSocket(upstream, ids, reader.nextLoop());
        if (!sockets.compareAndSet(at, current, fresh)) {
            fresh.close();
            return socket();
        }
        reader.register(fresh);
        return fresh;
    }

    private int slot() {
        long now = System.nanoTime();
        if (now - slotChosen >= MOMENT_NANOS) {
            slotChosen = now;
            slot = ThreadLocalRandom.current().nextInt(SOCKETS);
        }
        return slot;
    }

    @Override
    public void close() {
        tcp.close();
    }
}

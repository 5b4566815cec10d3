package org.sentrydns.server.upstream;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.sentrydns.server.loop.QueryLoops;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the loops read all sockets to upstreams, wakes those who have waited long enough for a reply, and closes sockets that
 * have served their time. Thread-safe.
 */
final class UdpSockets implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.net");
    private static final long TICK_NANOS = 5_000_000;
    private static final long SWEEP_NANOS = 1_000_000_000;

    private final QueryLoops loops;
    private volatile boolean ends;
    private final Set<UdpSocket> sockets = ConcurrentHashMap.newKeySet();
    private final Thread clock =
            Thread.ofPlatform().name("sentry-upstream").daemon().unstarted(this::tick);

    UdpSockets(QueryLoops loops) {
        this.loops = loops;
        clock.start();
    }

    QueryLoops loops() {
        return loops;
    }

    /** @throws ClosedChannelException if this was closed; then the socket is, too, since nobody else would close it */
    void register(UdpSocket socket) throws IOException {
        sockets.add(socket);
        if (ends) {
            close(socket);
            throw new ClosedChannelException();
        }
        // Always: whether it is the only one, the clock knows better, which may be about to stand still.
        LockSupport.unpark(clock);
        socket.start();
    }

    int open() {
        return sockets.size();
    }

    /** Without a socket nobody waits, and the clock stands still. */
    private void tick() {
        long swept = System.nanoTime();
        while (!ends) {
            if (sockets.isEmpty()) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, TICK_NANOS);
            }
            long now = System.nanoTime();
            for (UdpSocket socket : sockets) {
                socket.wakeLate(now);
            }
            if (now - swept > SWEEP_NANOS) {
                swept = now;
                sweep(now);
            }
        }
    }

    private void sweep(long now) {
        for (UdpSocket socket : sockets) {
            if (socket.isWorn(now) && socket.isIdle()) {
                close(socket);
            }
        }
    }

    private void close(UdpSocket socket) {
        sockets.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            LOG.warn("a socket to an upstream could not be closed", e);
        }
    }

    @Override
    public void close() {
        ends = true;
        LockSupport.unpark(clock);
        sockets.forEach(this::close);
    }
}

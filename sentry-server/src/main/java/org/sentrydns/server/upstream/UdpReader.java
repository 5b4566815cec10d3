package org.sentrydns.server.upstream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.sentrydns.server.loop.QueryLoops;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the loops read all sockets to upstreams, and closes those that have served their time. Thread-safe. */
final class UdpReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.net");
    private static final long SWEEP_MILLIS = 1000;

    private final QueryLoops loops;
    private final Set<UdpSocket> sockets = ConcurrentHashMap.newKeySet();
    private final Thread sweeper =
            Thread.ofVirtual().name("sentry-upstream-sweep").unstarted(this::sweepAgainAndAgain);

    UdpReader(QueryLoops loops) {
        this.loops = loops;
        sweeper.start();
    }

    void register(UdpSocket socket) throws IOException {
        sockets.add(socket);
        loops.next().register(socket.channel(), socket::drain);
    }

    int sockets() {
        return sockets.size();
    }

    private void sweepAgainAndAgain() {
        try {
            while (true) {
                Thread.sleep(SWEEP_MILLIS);
                sweep();
            }
        } catch (InterruptedException e) {
            LOG.debug("no more upstream sockets are read");
        }
    }

    private void sweep() {
        for (UdpSocket socket : sockets) {
            if (socket.isWorn() && socket.isIdle()) {
                close(socket);
            }
        }
    }

    private void close(UdpSocket socket) {
        sockets.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        sweeper.interrupt();
        sockets.forEach(this::close);
    }
}

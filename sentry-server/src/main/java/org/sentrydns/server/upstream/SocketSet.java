package org.sentrydns.server.upstream;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.loop.QueryLoop;

/**
 * The sockets by which the queries of one loop ask one upstream. Thread-safe. Takes one at random, and replaces each after a
 * short service. Questions that come in the same moment share one, since the kernel takes what goes by one socket with one
 * call; not too many, since their replies must find room there.
 */
final class SocketSet {
    private static final long MOMENT_NANOS = 200_000;
    private static final int MOST_AT_ONCE = 64;

    private final InetSocketAddress upstream;
    private final QueryIds ids;
    private final UdpSockets all;
    private final QueryLoop loop;
    private final AtomicReferenceArray<@Nullable UdpSocket> sockets;
    private volatile int slot;
    private volatile int slotLeft;
    private volatile long slotChosen = System.nanoTime();

    SocketSet(InetSocketAddress upstream, QueryIds ids, UdpSockets all, QueryLoop loop, int size) {
        this.upstream = upstream;
        this.ids = ids;
        this.all = all;
        this.loop = loop;
        this.sockets = new AtomicReferenceArray<>(size);
    }

    UdpSocket socket(long now) throws IOException {
        int at = slot(now);
        UdpSocket current = sockets.get(at);
        if (current != null && !current.isWorn(now)) {
            return current;
        }
        UdpSocket fresh;
        try {
            fresh = new UdpSocket(upstream, ids, loop);
        } catch (ShortageException e) {
            if (current != null && current.isOpen()) {
                return current;
            }
            throw e;
        }
        if (!sockets.compareAndSet(at, current, fresh)) {
            fresh.close();
            return socket(now);
        }
        all.register(fresh);
        return fresh;
    }

    /** One thread at a time, as a rule: where another one comes between, the moment is a little longer or shorter. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private int slot(long now) {
        if (slotLeft <= 0 || now - slotChosen >= MOMENT_NANOS) {
            slotChosen = now;
            slotLeft = MOST_AT_ONCE;
            slot = ThreadLocalRandom.current().nextInt(sockets.length());
        }
        slotLeft--;
        return slot;
    }
}

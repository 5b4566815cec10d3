package org.sentrydns.server.listen;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.sentrydns.server.loop.QueryLoop;
import org.sentrydns.server.loop.QueryLoops;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sockets of one or several addresses, opened and closed together. Immutable. */
final class UdpSockets implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.net");
    private static final int BUFFER = 4 << 20;
    private static final int RARELY_USED_BUFFER = 64 << 10;

    private final List<UdpListener> listeners;

    private UdpSockets(List<UdpListener> listeners) {
        this.listeners = listeners;
    }

    /** One socket for each loop, among which the kernel divides the clients. */
    static UdpSockets on(InetSocketAddress address, UdpService service, QueryLoops loops) throws IOException {
        UdpSockets sockets = new UdpSockets(new ArrayList<>());
        try {
            boolean shared = loops.all().size() > 1;
            for (QueryLoop loop : loops.all()) {
                sockets.listeners.add(new UdpListener(address, BUFFER, shared, service, loop));
            }
            return sockets;
        } catch (IOException | RuntimeException e) {
            sockets.close();
            throw e;
        }
    }

    /** The loopback addresses that no interface lists, 127.0.0.2 and up: rarely asked, so one small socket will do. */
    static UdpSockets onOtherLoopbacks(int port, UdpService service, QueryLoops loops) throws IOException {
        UdpSockets sockets = new UdpSockets(new ArrayList<>());
        try {
            for (InetAddress address : LocalAddresses.otherLoopbacks()) {
                sockets.bindIfFree(
                        new InetSocketAddress(address, port),
                        service,
                        loops.all().getFirst());
            }
            return sockets;
        } catch (IOException | RuntimeException e) {
            sockets.close();
            throw e;
        }
    }

    private void bindIfFree(InetSocketAddress address, UdpService service, QueryLoop loop) throws IOException {
        try {
            listeners.add(new UdpListener(address, RARELY_USED_BUFFER, false, service, loop));
        } catch (BindException e) {
            // An interface lists it after all, another program has it, or this system has only 127.0.0.1.
            LOG.debug("not listening on {}: {}", address, e.getMessage());
        }
    }

    void start() throws IOException {
        for (UdpListener listener : listeners) {
            listener.start();
        }
    }

    @Override
    public void close() throws IOException {
        for (UdpListener listener : listeners) {
            listener.close();
        }
    }
}

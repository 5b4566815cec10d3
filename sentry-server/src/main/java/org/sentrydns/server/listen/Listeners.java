package org.sentrydns.server.listen;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.sentrydns.api.AddressText;
import org.sentrydns.server.config.Limits;
import org.sentrydns.server.loop.QueryLoops;
import org.sentrydns.server.stats.Statistics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All sockets of a server. Thread-safe. A UDP socket that is bound to a wildcard address would let the kernel choose where
 * a reply comes from, and clients reject a reply from elsewhere; so each local address gets a socket of its own, also
 * those that come later.
 */
public final class Listeners implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.net");
    private static final Duration RESCAN = Duration.ofSeconds(2);
    private static final int ATTEMPTS = 20;

    private final Admission admission;
    private final UdpService service;
    private final TcpListener tcp;
    private final QueryLoops loops;
    private final InetAddress host;
    private final int port;
    private final Map<ScopedAddress, UdpSockets> udp = new ConcurrentHashMap<>();
    private final Set<ScopedAddress> refused = ConcurrentHashMap.newKeySet();
    private final @Nullable UdpSockets loopbacks;
    private volatile boolean open = true;

    private Listeners(
            InetAddress host,
            int wantedPort,
            Limits limits,
            MessageHandler handler,
            Statistics statistics,
            QueryLoops loops)
            throws IOException {
        this.loops = loops;
        this.host = host;
        this.admission = new Admission(limits.queriesInFlight());
        this.service = new UdpService(handler, admission, statistics);
        tcp = tcpListener(wantedPort, handler, statistics, limits.tcpConnections());
        port = tcp.local().getPort();
        UdpSockets others = null;
        try {
            if (host.isAnyLocalAddress()) {
                bindLocalAddresses(false);
                others = UdpSockets.onOtherLoopbacks(port, service, loops);
            } else {
                udp.put(ScopedAddress.of(host), udpSockets(host));
            }
        } catch (IOException | RuntimeException e) {
            closeAll(others);
            throw e;
        }
        loopbacks = others;
    }

    /**
     * Binds and starts to listen.
     *
     * @param port 0 takes one that is free for TCP and UDP
     * @param loops read the sockets and carry the queries
     * @throws IOException if an address cannot be bound; the message says which
     */
    public static Listeners open(
            InetAddress host, int port, Limits limits, MessageHandler handler, Statistics statistics, QueryLoops loops)
            throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                Listeners listeners = new Listeners(host, port, limits, handler, statistics, loops);
                listeners.start();
                return listeners;
            } catch (IOException e) {
                // A port that is free for TCP may be taken for UDP; with port 0 another one will do.
                if (port != 0 || attempt == ATTEMPTS) {
                    throw new IOException("cannot listen on " + text(host, port) + ": " + e.getMessage(), e);
                }
            }
        }
    }

    private void start() throws IOException {
        tcp.start();
        for (UdpSockets sockets : udp.values()) {
            sockets.start();
        }
        if (loopbacks != null) {
            loopbacks.start();
            Thread.ofPlatform().name("sentry-addresses").daemon().start(this::followAddresses);
        }
    }

    private TcpListener tcpListener(int wantedPort, MessageHandler handler, Statistics statistics, int connections)
            throws IOException {
        try {
            return new TcpListener(
                    new InetSocketAddress(host, wantedPort), handler, admission, statistics, connections);
        } catch (IOException e) {
            throw new IOException(e.getMessage() + " (TCP)", e);
        }
    }

    private UdpSockets udpSockets(InetAddress address) throws IOException {
        try {
            return UdpSockets.on(new InetSocketAddress(address, port), service, loops);
        } catch (IOException e) {
            throw new IOException(e.getMessage() + " (UDP)", e);
        }
    }

    /** While running, an address that cannot be bound is tried again the next time; at the start it is a mistake. */
    private void bindLocalAddresses(boolean running) throws IOException {
        Set<ScopedAddress> current = LocalAddresses.behind(host);
        for (ScopedAddress gone : Set.copyOf(udp.keySet())) {
            UdpSockets listener = current.contains(gone) ? null : udp.remove(gone);
            if (listener != null) {
                listener.close();
                LOG.info("No longer listening on {}: this machine has lost the address", text(gone.address(), port));
            }
        }
        for (ScopedAddress address : current) {
            if (!udp.containsKey(address)) {
                try {
                    bind(address, running);
                } catch (IOException e) {
                    if (!running && isTaken(e)) {
                        throw e;
                    }
                    if (refused.add(address)) {
                        LOG.warn("Cannot listen on {} yet: {}", text(address.address(), port), e.getMessage());
                    }
                }
            }
        }
    }

    private void bind(ScopedAddress address, boolean running) throws IOException {
        UdpSockets listener = udpSockets(address.address());
        udp.put(address, listener);
        refused.remove(address);
        if (running) {
            listener.start();
            LOG.info("Also listening on {}", text(address.address(), port));
        }
    }

    /** Not so an IPv6 address that is still being checked for duplicates. */
    private static boolean isTaken(IOException e) {
        return String.valueOf(e.getMessage()).contains("in use")
                || String.valueOf(e.getMessage()).contains("ermission");
    }

    private void followAddresses() {
        while (open) {
            try {
                Thread.sleep(RESCAN);
                if (open) {
                    bindLocalAddresses(true);
                }
                if (!open) {
                    // Closed meanwhile: what was just bound, nobody else closes.
                    closeUdp();
                }
            } catch (IOException e) {
                // An address may come and go faster than it can be bound; the next round sees.
                LOG.debug("following the local addresses: {}", e.getMessage());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Where the server listens, with the port that was taken. */
    public InetSocketAddress local() {
        return new InetSocketAddress(host, port);
    }

    /** Whether a query to that address would come to this server. */
    public boolean listensOn(InetSocketAddress address) {
        return address.getPort() == port
                && (host.isAnyLocalAddress()
                        ? isLocal(address.getAddress()) || isOtherLoopback(address.getAddress())
                        : host.equals(address.getAddress()));
    }

    private boolean isLocal(InetAddress address) {
        return udp.keySet().stream().anyMatch(local -> local.address().equals(address));
    }

    private static boolean isOtherLoopback(InetAddress address) {
        return address.isLoopbackAddress() && address instanceof Inet4Address;
    }

    /** The address as it is written in the log. */
    public static String text(InetAddress host, int port) {
        return AddressText.of(new InetSocketAddress(host, port));
    }

    /**
     * Takes no more queries and waits until those in flight are answered.
     *
     * @return whether all were, in that time
     */
    public boolean drain(Duration patience) throws InterruptedException, IOException {
        tcp.stopAccepting();
        return admission.close(patience);
    }

    @Override
    public void close() {
        open = false;
        try {
            closeAll(loopbacks);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void closeAll(@Nullable UdpSockets others) throws IOException {
        tcp.close();
        closeUdp();
        if (others != null) {
            others.close();
        }
    }

    private void closeUdp() throws IOException {
        for (UdpSockets listener : udp.values()) {
            listener.close();
        }
    }
}

package org.sentrydns.server.listen;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.sentrydns.server.stats.Statistics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One TCP socket. A platform thread accepts; each connection has a virtual thread that reads, each query another. */
final class TcpListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.net");
    private static final int BACKLOG = 1024;
    private static final int CLIENT_SHARE = 4;
    private static final int MIN_SHARE = 16;
    private static final long SWEEP_MILLIS = 1000;
    private static final long FAILED_PAUSE_NANOS = 10_000_000;

    private final ServerSocket server;
    private final MessageHandler handler;
    private final Admission admission;
    private final Statistics statistics;
    private final int maxConnections;
    private final Set<TcpConnection> connections = ConcurrentHashMap.newKeySet();
    private final Duration stuck;
    private volatile boolean closed;

    TcpListener(
            InetSocketAddress address,
            MessageHandler handler,
            Admission admission,
            Statistics statistics,
            int maxConnections)
            throws IOException {
        this(address, handler, admission, statistics, maxConnections, TcpConnection.STUCK);
    }

    /**
     * Binds its address.
     *
     * @param stuck how long a message may take to come or to leave
     */
    TcpListener(
            InetSocketAddress address,
            MessageHandler handler,
            Admission admission,
            Statistics statistics,
            int maxConnections,
            Duration stuck)
            throws IOException {
        this.stuck = stuck;
        this.handler = handler;
        this.admission = admission;
        this.statistics = statistics;
        this.maxConnections = maxConnections;
        // A plain ServerSocket on 0.0.0.0 would listen on IPv6 as well.
        server = address.getAddress() instanceof Inet4Address
                ? ServerSocketChannel.open(StandardProtocolFamily.INET).socket()
                : new ServerSocket();
        try {
            server.setReuseAddress(true);
            server.bind(address, BACKLOG);
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    InetSocketAddress local() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    void start() {
        Thread.ofPlatform().name("sentry-tcp").start(this::accept);
        Thread.ofPlatform().name("sentry-tcp-sweeper").daemon().start(this::sweep);
    }

    int connections() {
        return connections.size();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                if (connections.size() >= maxConnections || isGreedy(socket.getInetAddress())) {
                    statistics.shed();
                    socket.close();
                } else {
                    serve(new TcpConnection(
                            socket, handler, admission, statistics, this::closeHeaviest, TcpConnection.IDLE, stuck));
                }
            } catch (IOException | OutOfMemoryError e) {
                // Closed, a connection that ended before it was taken, or no handles or threads left: those need a
                // moment.
                LOG.debug("accepting on {}: {}", server.getLocalSocketAddress(), e.getMessage());
                LockSupport.parkNanos(FAILED_PAUSE_NANOS);
            }
        }
    }

    /** No client may take more than a share of all connections. */
    private boolean isGreedy(InetAddress client) {
        int share = Math.max(MIN_SHARE, maxConnections / CLIENT_SHARE);
        return connections.stream()
                        .filter(connection -> connection.client().equals(client))
                        .count()
                >= share;
    }

    private void serve(TcpConnection connection) {
        connections.add(connection);
        boolean started = false;
        try {
            Thread.startVirtualThread(() -> {
                try {
                    connection.serve();
                } finally {
                    connections.remove(connection);
                }
            });
            started = true;
        } finally {
            if (!started) {
                connections.remove(connection);
                connection.close();
            }
        }
    }

    /**
     * Closes what a client holds open without getting on: half a message, or replies that it does not read. Also while what is in
     * flight is answered in the end, which must not wait for such a client.
     */
    private void sweep() {
        while (!closed) {
            try {
                Thread.sleep(SWEEP_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
            connections.forEach(TcpConnection::closeIfStuck);
        }
    }

    /** Ends the connection whose client has left most unread, lest replies that nobody reads fill the memory. */
    private void closeHeaviest() {
        connections.stream()
                .max(Comparator.comparingInt(TcpConnection::unsent))
                .filter(connection -> connection.unsent() > 0)
                .ifPresent(connection -> {
                    if (connection.giveUp()) {
                        statistics.shed();
                    }
                });
    }

    /** Takes no more connections; those that are open may end. */
    void stopAccepting() throws IOException {
        server.close();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        server.close();
        connections.forEach(TcpConnection::close);
    }
}

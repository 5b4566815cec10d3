package org.sentrydns.server.upstream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Opens TLS connections; the certificate must be valid for the host (RFC 7858, RFC 8310 section 8.1). Thread-safe. Begins with
 * the address that it got through to the last time, so that one that is dead does not cost each connection its patience.
 */
final class TlsDialer implements Dialer {
    /** For one address to take the connection, while there are others. */
    private static final long PATIENCE_NANOS = 500_000_000L;

    private final String host;
    private final int port;
    private final BootstrapNames.Lookup names;
    private final Supplier<SSLSocketFactory> factory;
    private volatile @Nullable InetAddress lastGood;

    /** @param names finds the host's addresses */
    TlsDialer(String host, int port, BootstrapNames.Lookup names) {
        this(host, port, names, () -> (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    TlsDialer(String host, int port, BootstrapNames.Lookup names, Supplier<SSLSocketFactory> factory) {
        this.host = host;
        this.port = port;
        this.names = names;
        this.factory = factory;
    }

    /** By one of its addresses after the other, each with its share of the time. */
    @Override
    public Link dial(long deadline) throws IOException {
        IOException failure = new UnknownHostException(host);
        List<InetAddress> addresses = new ArrayList<>(names.addresses(host));
        InetAddress first = lastGood;
        if (first != null && addresses.remove(first)) {
            addresses.addFirst(first);
        }
        for (int left = addresses.size(); left > 0 && deadline - System.nanoTime() > 0; left--) {
            InetAddress address = addresses.get(addresses.size() - left);
            long now = System.nanoTime();
            long share = (deadline - now) / left;
            try {
                Link link = dial(
                        new InetSocketAddress(address, port),
                        now + (left == 1 ? share : Math.min(share, PATIENCE_NANOS)),
                        now + share);
                lastGood = address;
                return link;
            } catch (IOException e) {
                failure = e;
            }
        }
        throw failure;
    }

    private Link dial(InetSocketAddress upstream, long connected, long deadline) throws IOException {
        Socket plain = new TcpDialer(upstream).dial(connected).plain();
        try {
            plain.setSoTimeout(Timeouts.millisLeft(deadline));
            SSLSocket socket = (SSLSocket) factory.get().createSocket(plain, host, port, true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            parameters.setApplicationProtocols(new String[] {"dot"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return new Link(socket, plain);
        } catch (Throwable e) {
            plain.close();
            throw e;
        }
    }
}

package org.sentrydns.server.upstream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.function.Supplier;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Opens TLS connections; the certificate must be valid for the host (RFC 7858, RFC 8310 section 8.1). Immutable. */
record TlsDialer(String host, int port, Supplier<SSLSocketFactory> factory) implements Dialer {

    TlsDialer(String host, int port) {
        this(host, port, () -> (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    /** By one of its addresses after the other, each with its share of the time. */
    @Override
    public Link dial(long deadline) throws IOException {
        IOException failure = new UnknownHostException(host);
        InetAddress[] addresses = InetAddress.getAllByName(host);
        for (int i = 0; i < addresses.length && deadline - System.nanoTime() > 0; i++) {
            long now = System.nanoTime();
            try {
                return dial(new InetSocketAddress(addresses[i], port), now + (deadline - now) / (addresses.length - i));
            } catch (IOException e) {
                failure = e;
            }
        }
        throw failure;
    }

    private Link dial(InetSocketAddress upstream, long deadline) throws IOException {
        Socket plain = new TcpDialer(upstream).dial(deadline).plain();
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

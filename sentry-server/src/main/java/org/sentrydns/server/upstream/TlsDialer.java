package org.sentrydns.server.upstream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.function.Supplier;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Opens TLS connections; the certificate must be valid for the host (RFC 7858, RFC 8310 section 8.1). Immutable. */
record TlsDialer(String host, int port, Supplier<SSLSocketFactory> factory) implements Dialer {

    TlsDialer(String host, int port) {
        this(host, port, () -> (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    @Override
    public Link dial(long deadline) throws IOException {
        InetSocketAddress upstream = new InetSocketAddress(InetAddress.getByName(host), port);
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

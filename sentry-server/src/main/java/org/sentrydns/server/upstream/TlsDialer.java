package org.sentrydns.server.upstream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Opens TLS connections; the certificate must be valid for the host (RFC 7858, RFC 8310 section 8.1). Immutable. */
record TlsDialer(String host, int port) implements Dialer {

    @Override
    public Socket dial(long deadline) throws IOException {
        Socket plain = new TcpDialer(new InetSocketAddress(InetAddress.getByName(host), port)).dial(deadline);
        try {
            plain.setSoTimeout(Timeouts.millisLeft(deadline));
            SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
            SSLSocket socket = (SSLSocket) factory.createSocket(plain, host, port, true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            parameters.setApplicationProtocols(new String[] {"dot"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket;
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }
}

package org.sentrydns.server.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** TLS on 127.0.0.1, with a certificate for that and for {@code one-of-two.invalid}, which nobody else trusts. */
final class LoopbackTls {
    private static final char[] PASSWORD = "loopback".toCharArray();
    private static final int SMALL = 1 << 16;

    static final BootstrapNames.Lookup LOOPBACK = name -> List.of(InetAddress.getLoopbackAddress());

    private final SSLContext context;

    LoopbackTls() throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Objects.requireNonNull(LoopbackTls.class.getResourceAsStream("loopback.p12"))) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys);
        context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    }

    SSLSocketFactory factory() {
        return context.getSocketFactory();
    }

    /** Takes little that is not read. */
    ServerSocket server() throws IOException {
        ServerSocket server = context.getServerSocketFactory().createServerSocket();
        server.setReceiveBufferSize(SMALL);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return server;
    }

    /** The next connection, through its handshake. */
    static SSLSocket accepted(ServerSocket server) throws IOException {
        SSLSocket socket = (SSLSocket) server.accept();
        socket.startHandshake();
        return socket;
    }

    TlsDialer dialer(ServerSocket server) {
        return new TlsDialer("127.0.0.1", server.getLocalPort(), LOOPBACK, this::factory);
    }
}

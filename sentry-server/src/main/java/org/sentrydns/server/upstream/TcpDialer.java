package org.sentrydns.server.upstream;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Opens plain TCP connections. Immutable. */
record TcpDialer(InetSocketAddress upstream) implements Dialer {

    @Override
    public Link dial(long deadline) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(upstream, Timeouts.millisLeft(deadline));
            return new Link(socket, socket);
        } catch (Throwable e) {
            socket.close();
            throw e;
        }
    }
}

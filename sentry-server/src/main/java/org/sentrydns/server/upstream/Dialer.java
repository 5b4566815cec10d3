package org.sentrydns.server.upstream;

import java.io.IOException;
import java.net.Socket;

/** Opens connections to one upstream. Thread-safe. */
@FunctionalInterface
interface Dialer {

    /**
     * Connects.
     *
     * @param deadline in the sense of {@link System#nanoTime}
     * @return a connected socket, through its handshake if it has one
     */
    Socket dial(long deadline) throws IOException;
}

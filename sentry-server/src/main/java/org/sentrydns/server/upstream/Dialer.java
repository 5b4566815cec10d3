package org.sentrydns.server.upstream;

import java.io.IOException;

/** Opens connections to one upstream. Thread-safe. */
@FunctionalInterface
interface Dialer {

    /**
     * Connects. Called on a virtual thread; its interrupt ends this, and closes what there is.
     *
     * @param deadline in the sense of {@link System#nanoTime}
     * @return a connection, through its handshake if it has one
     */
    Link dial(long deadline) throws IOException;
}

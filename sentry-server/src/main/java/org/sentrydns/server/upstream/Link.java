package org.sentrydns.server.upstream;

import java.io.IOException;
import java.net.Socket;

/**
 * A connection to an upstream. Immutable.
 *
 * @param socket takes and gives the messages
 * @param plain the socket under it, or the same where nothing is encrypted
 */
record Link(Socket socket, Socket plain) implements AutoCloseable {

    /** Waits for nobody: TLS would say goodbye first, and wait for whoever is still writing. */
    @Override
    public void close() throws IOException {
        plain.close();
    }
}

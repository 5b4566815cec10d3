package org.sentrydns.server.upstream;

import java.io.IOException;

/** The connection ended before the reply: another one may do. */
final class ConnectionLostException extends IOException {
    private static final long serialVersionUID = 1L;

    ConnectionLostException(String message) {
        super(message);
    }
}

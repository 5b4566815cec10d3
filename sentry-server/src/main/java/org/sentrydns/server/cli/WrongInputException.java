package org.sentrydns.server.cli;

import java.io.IOException;

/** Something that the user named cannot be read. */
final class WrongInputException extends IOException {
    private static final long serialVersionUID = 1L;

    WrongInputException(String message) {
        super(message);
    }

    WrongInputException(String message, Throwable cause) {
        super(message, cause);
    }
}

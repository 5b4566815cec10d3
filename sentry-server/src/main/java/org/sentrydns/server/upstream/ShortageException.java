package org.sentrydns.server.upstream;

import java.io.IOException;

/** A question was not asked, for want of something on our side: it says nothing about the upstream. */
final class ShortageException extends IOException {
    private static final long serialVersionUID = 1L;

    ShortageException(String message) {
        super(message);
    }
}

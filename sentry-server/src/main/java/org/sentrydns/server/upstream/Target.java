package org.sentrydns.server.upstream;

import java.io.IOException;
import java.net.PortUnreachableException;
import org.jspecify.annotations.Nullable;

/**
 * An upstream and the way to ask it. Thread-safe.
 *
 * @param name how messages name it
 * @param exchange asks it
 */
record Target(String name, Exchange exchange) {

    /** Says what went wrong, for people. */
    String blame(@Nullable IOException failure) {
        String reason = failure instanceof PortUnreachableException
                ? "nobody listens there"
                : failure == null || failure.getMessage() == null ? String.valueOf(failure) : failure.getMessage();
        return name + ": " + reason;
    }
}

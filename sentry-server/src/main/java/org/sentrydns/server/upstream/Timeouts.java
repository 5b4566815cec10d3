package org.sentrydns.server.upstream;

import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/** Deadlines, for calls that want milliseconds. */
final class Timeouts {
    private Timeouts() {}

    /** At least 1. */
    static int millisLeft(long deadline) throws SocketTimeoutException {
        long nanos = deadline - System.nanoTime();
        if (nanos <= 0) {
            throw new SocketTimeoutException("no reply");
        }
        return (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos));
    }
}

package org.sentrydns.server.upstream;

import java.io.IOException;
import java.net.PortUnreachableException;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.wire.UpstreamQuery;

/**
 * An upstream, the way to ask it, and how it does. Thread-safe.
 *
 * @param name how messages name it
 * @param exchange asks it
 * @param health how it does
 */
record Target(String name, Exchange exchange, TargetHealth health) {

    /** Asks and keeps the books. */
    byte[] ask(UpstreamQuery query, long deadline) throws IOException, InterruptedException {
        try {
            return exchange.ask(query, deadline, health);
        } catch (ShortageException e) {
            throw e;
        } catch (IOException e) {
            health.failed(reason(e));
            throw e;
        } catch (RuntimeException e) {
            health.failed("the exchange failed: " + e);
            throw new IOException("the exchange failed: " + e, e);
        }
    }

    /** Looks whether an upstream that was down is back, without anybody waiting. */
    void probe(UpstreamQuery query, long nanos) {
        Thread.startVirtualThread(() -> {
            try {
                ask(query, System.nanoTime() + nanos);
            } catch (IOException e) {
                // Still down, as far as is known: the health sets the next probe.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Says what went wrong, for people. */
    String blame(@Nullable IOException failure) {
        return name + ": " + reason(failure);
    }

    private static String reason(@Nullable IOException failure) {
        return failure instanceof PortUnreachableException
                ? "nobody listens there"
                : failure == null || failure.getMessage() == null ? String.valueOf(failure) : failure.getMessage();
    }
}

package org.sentrydns.server.upstream;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.wire.UpstreamQuery;

/**
 * An upstream that cannot be asked yet, such as a link-local address on an interface that this machine does not have. Each
 * question tries again. Thread-safe.
 */
final class LateExchange implements Exchange {
    private final Supplier<Exchange> maker;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Exchange made;

    /** @param maker throws {@link IllegalArgumentException} as long as it cannot make one */
    LateExchange(Supplier<Exchange> maker) {
        this.maker = maker;
    }

    @Override
    public byte[] ask(UpstreamQuery query, long deadline, TargetHealth health)
            throws IOException, InterruptedException {
        return exchange().ask(query, deadline, health);
    }

    private Exchange exchange() throws IOException {
        lock.lock();
        try {
            Exchange known = made;
            if (known == null) {
                known = maker.get();
                made = known;
            }
            return known;
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        Exchange known = made;
        if (known != null) {
            known.close();
        }
    }
}

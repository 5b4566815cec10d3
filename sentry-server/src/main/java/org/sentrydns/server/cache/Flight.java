package org.sentrydns.server.cache;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.upstream.UpstreamReply;

/** A question on its way to upstreams: one query asks, the others wait for what it gets. Thread-safe. */
final class Flight {
    private final CountDownLatch landed = new CountDownLatch(1);
    private volatile @Nullable UpstreamReply reply;

    void land(@Nullable UpstreamReply result) {
        reply = result;
        landed.countDown();
    }

    /** Null if it does not land in time, or its pilot failed. */
    @Nullable
    UpstreamReply await(long nanos) throws InterruptedException {
        return landed.await(nanos, TimeUnit.NANOSECONDS) ? reply : null;
    }
}

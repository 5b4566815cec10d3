package org.sentrydns.server.upstream;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.wire.UpstreamQuery;

/**
 * The way to ask an upstream, made for the first question: because that takes long, or because it is not possible yet, as
 * with a link-local address on an interface that this machine does not have. What failed is tried again for the next
 * question. A thread of its own makes it, so that a leg that has lost does not keep its race waiting. Thread-safe.
 */
final class LateExchange implements Exchange {
    private final Supplier<Exchange> maker;
    private final AtomicReference<@Nullable CompletableFuture<Exchange>> made = new AtomicReference<>();

    /** @param maker throws {@link IllegalArgumentException} as long as it cannot make one */
    LateExchange(Supplier<Exchange> maker) {
        this.maker = maker;
    }

    @Override
    public byte[] ask(UpstreamQuery query, long deadline, TargetHealth health)
            throws IOException, InterruptedException {
        return exchange(deadline).ask(query, deadline, health);
    }

    private Exchange exchange(long deadline) throws IOException, InterruptedException {
        try {
            return future().get(Timeouts.millisLeft(deadline), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw (IOException) new SocketTimeoutException("not ready in time").initCause(e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw new IOException(
                    cause instanceof IllegalArgumentException ? cause.getMessage() : String.valueOf(cause), e);
        }
    }

    private CompletableFuture<Exchange> future() {
        CompletableFuture<Exchange> current = made.get();
        if (current != null && !current.isCompletedExceptionally()) {
            return current;
        }
        CompletableFuture<Exchange> fresh = new CompletableFuture<>();
        if (!made.compareAndSet(current, fresh)) {
            return future();
        }
        Thread.ofPlatform().name("sentry-late").daemon().start(() -> make(fresh));
        return fresh;
    }

    private void make(CompletableFuture<Exchange> into) {
        try {
            into.complete(maker.get());
        } catch (Throwable e) {
            // An error too is told to those who wait.
            into.completeExceptionally(e);
        }
    }

    @Override
    public void close() {
        CompletableFuture<Exchange> current = made.get();
        if (current != null) {
            CompletableFuture<Void> closed = current.thenAccept(Exchange::close);
            assert !closed.isCancelled();
        }
    }
}

package org.sentrydns.server.list;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Takes the body of one response, in threads of the HTTP client, one at a time; yields the number of its bytes. */
final class Sink implements HttpResponse.BodySubscriber<Long> {
    private final CompletableFuture<Long> body = new CompletableFuture<>();
    private final boolean wanted;
    private final WritableByteChannel out;
    private final long max;
    private Flow.@Nullable Subscription subscription;
    private long taken;

    /** @param wanted whether the body is written; otherwise it is not even received */
    Sink(boolean wanted, WritableByteChannel out, long max) {
        this.wanted = wanted;
        this.out = out;
        this.max = max;
    }

    @Override
    public CompletionStage<Long> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        if (wanted) {
            given.request(1);
        } else {
            given.cancel();
            body.complete(0L);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> item) {
        Flow.Subscription from = subscription;
        if (from == null || body.isDone()) {
            return;
        }
        try {
            for (ByteBuffer buffer : item) {
                taken += buffer.remaining();
                if (taken > max) {
                    throw SizeLimit.exceeded(max);
                }
                while (buffer.hasRemaining()) {
                    out.write(buffer);
                }
            }
            from.request(1);
        } catch (IOException e) {
            from.cancel();
            body.completeExceptionally(e);
        }
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        body.complete(taken);
    }
}

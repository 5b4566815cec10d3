package org.sentrydns.server.upstream;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.stats.NanoClock;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.MessageShape;
import org.sentrydns.server.wire.Ttls;
import org.sentrydns.server.wire.UpstreamQuery;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * Asks over HTTPS (RFC 8484), by POST, with ID 0. Thread-safe. The client keeps its connections; when nothing at all was
 * heard for long it is replaced, since a connection may be dead without knowing.
 */
final class HttpsExchange implements Exchange {
    private static final String MEDIA_TYPE = "application/dns-message";
    /** Seconds. */
    private static final Pattern AGE = Pattern.compile("[0-9]{1,9}");

    /** For the addresses of the root's servers, which every resolver knows; it opens a connection. */
    private static final UpstreamQuery OPENING =
            UpstreamQuery.of(Name.root.toWire(), Type.NS, DClass.IN).padded();

    private static final int MAX_LATE = 16;
    /** Fewer with the late ones than the 100 streams that a server grants as a rule (RFC 9113 section 6.5.2): Java does not wait. */
    private static final int MAX_ASKED = 80;

    private final Semaphore late = new Semaphore(MAX_LATE);
    private final Semaphore asked = new Semaphore(MAX_ASKED);
    private final URI uri;
    private final Silence silence;
    private final LongAccumulator lastDeadline =
            new LongAccumulator((a, b) -> b - a > 0 ? b : a, NanoClock.SYSTEM.getAsLong());
    private final AtomicReference<HttpClient> client = new AtomicReference<>(newClient());
    private final HttpsOpening opening;

    /** @param known has the addresses of the upstream's name; null if it has none */
    HttpsExchange(URI uri, @Nullable KnownAddresses known) {
        this(uri, known, NanoClock.SYSTEM);
    }

    HttpsExchange(URI uri, @Nullable KnownAddresses known, LongSupplier nanoTime) {
        this.uri = uri;
        this.silence = new Silence(nanoTime);
        this.opening = new HttpsOpening(request(OPENING), known, silence, this::replace, nanoTime);
    }

    private static HttpClient newClient() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    public byte[] ask(UpstreamQuery query, long deadline, TargetHealth health)
            throws IOException, InterruptedException {
        // Under a policy that wants it, another upstream is asked meanwhile.
        if (!asked.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            throw new ShortageException("too many questions at once");
        }
        try {
            return send(query, deadline, health);
        } catch (ConnectionLostException e) {
            // A server closes a connection when it likes, and Java asks again by itself only where asking changes
            // nothing, which
            // it does not know of this.
            opening.lost();
            return send(query, deadline, health);
        } finally {
            asked.release();
        }
    }

    private HttpRequest request(UpstreamQuery query) {
        return HttpRequest.newBuilder(uri)
                .header("Content-Type", MEDIA_TYPE)
                .header("Accept", MEDIA_TYPE)
                .POST(HttpRequest.BodyPublishers.ofByteArray(query.withId(0)))
                .build();
    }

    private byte[] send(UpstreamQuery query, long deadline, TargetHealth health)
            throws IOException, InterruptedException {
        HttpClient current = client.get();
        opening.await(current, deadline);
        long askedAt = health.asked();
        lastDeadline.accumulate(deadline);
        silence.asked();
        CompletableFuture<HttpResponse<byte[]>> sent = current.sendAsync(request(query), info -> new MessageBody());
        try {
            HttpResponse<byte[]> response = await(sent, deadline, current);
            check(response, query);
            health.replied(askedAt);
            return aged(response);
        } catch (InterruptedException e) {
            lose(current, sent, query, deadline, health, askedAt);
            throw e;
        }
    }

    private static void check(HttpResponse<byte[]> response, UpstreamQuery query) throws IOException {
        String type = response.headers().firstValue("Content-Type").orElse("");
        // Any 2xx (RFC 8484 section 4.2.1); a media type may have parameters (RFC 9110 section 8.3.1).
        String bare = type.split(";", 2)[0].strip();
        if (response.statusCode() / 100 != 2 || !bare.equalsIgnoreCase(MEDIA_TYPE)) {
            throw new IOException("HTTP status " + response.statusCode() + " with content type '" + type + "'");
        }
        if (!query.isAnsweredBy(response.body())) {
            throw new IOException("the HTTP response is no reply to the question");
        }
        if ((Header.flags(response.body()) & Header.TC) != 0) {
            throw new IOException("truncated where nothing needs to be");
        }
    }

    /**
     * Another upstream was quicker, which says nothing about this one. A few replies are waited for all the same, to see how
     * it does; more would take room from questions that are still wanted.
     */
    private void lose(
            HttpClient asker,
            CompletableFuture<HttpResponse<byte[]>> sent,
            UpstreamQuery query,
            long deadline,
            TargetHealth health,
            long askedAt) {
        if (!late.tryAcquire()) {
            sent.cancel(true);
            health.calledOff();
            return;
        }
        CompletableFuture<Void> end = sent.copy()
                .orTimeout(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)
                .handle((response, failure) -> {
                    late.release();
                    if (response == null) {
                        sent.cancel(true);
                    } else if (isReply(response, query)) {
                        opening.heard(asker);
                        health.replied(askedAt);
                    }
                    return null;
                });
        assert !end.isCancelled();
    }

    private static boolean isReply(HttpResponse<byte[]> response, UpstreamQuery query) {
        try {
            check(response, query);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** A cache on the way has kept it for some seconds already (RFC 8484 section 5.1). */
    private static byte[] aged(HttpResponse<byte[]> response) {
        byte[] reply = response.body();
        String age = response.headers().firstValue("Age").orElse("");
        MessageShape shape = AGE.matcher(age).matches() ? MessageShape.of(reply, reply.length) : null;
        if (shape == null) {
            return reply;
        }
        Ttls ttls = Ttls.of(reply, shape);
        // A negative answer lives as long as the least of its SOA's TTL and MINIMUM (RFC 2308 section 5).
        byte[] aged = ttls.negative() ? ttls.clamped(reply, 0, ttls.seconds()) : reply;
        for (int ttl : ttls.offsets()) {
            Ttls.age(aged, ttl, Long.parseLong(age));
        }
        return aged;
    }

    /** The deadline holds for the whole response: a request's own timeout ends with its headers. */
    private HttpResponse<byte[]> await(CompletableFuture<HttpResponse<byte[]>> sent, long deadline, HttpClient current)
            throws IOException, InterruptedException {
        try {
            HttpResponse<byte[]> response = sent.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            opening.heard(current);
            return response;
        } catch (TimeoutException e) {
            sent.cancel(true);
            if (silence.isLong() && !opening.isUnderWay()) {
                replace(current);
            }
            throw (IOException) new SocketTimeoutException("no reply").initCause(e);
        } catch (ExecutionException e) {
            String why = HttpsFailure.reason(e.getCause());
            throw HttpsFailure.isLoss(e.getCause()) ? new ConnectionLostException(why) : new IOException(why, e);
        }
    }

    private void replace(HttpClient old) {
        HttpClient fresh = newClient();
        if (!client.compareAndSet(old, fresh)) {
            fresh.shutdownNow();
            return;
        }
        silence.heard();
        Thread.startVirtualThread(() -> finish(old));
    }

    /** Whoever asks by it has his time: what the upstream is about to answer may still come. */
    private void finish(HttpClient old) {
        try {
            Thread.sleep(Duration.ofNanos(Math.max(0, lastDeadline.get() - System.nanoTime())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        old.shutdownNow();
    }

    @Override
    public void close() {
        client.get().shutdownNow();
    }
}

package org.sentrydns.server.upstream;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.UpstreamQuery;

/**
 * Asks over HTTPS (RFC 8484), by POST, with ID 0. Thread-safe. The client keeps its connections; when several questions in
 * a row got nothing it is replaced, since a connection may be dead without knowing.
 */
final class HttpsExchange implements Exchange {
    private static final String MEDIA_TYPE = "application/dns-message";
    private static final int IN_A_ROW = 3;

    private final URI uri;
    private final AtomicInteger silences = new AtomicInteger();
    private final AtomicReference<HttpClient> client = new AtomicReference<>(newClient());

    HttpsExchange(URI uri) {
        this.uri = uri;
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
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Content-Type", MEDIA_TYPE)
                .header("Accept", MEDIA_TYPE)
                .POST(HttpRequest.BodyPublishers.ofByteArray(query.withId(0)))
                .build();
        long askedAt = health.asked();
        HttpResponse<byte[]> response = send(request, deadline);
        String type = response.headers().firstValue("Content-Type").orElse("");
        if (response.statusCode() != 200 || !type.equalsIgnoreCase(MEDIA_TYPE)) {
            throw new IOException("HTTP status " + response.statusCode() + " with content type '" + type + "'");
        }
        if (!query.isAnsweredBy(response.body())) {
            throw new IOException("the HTTP response is no reply to the question");
        }
        if ((Header.flags(response.body()) & Header.TC) != 0) {
            throw new IOException("truncated where nothing needs to be");
        }
        health.replied(askedAt);
        return response.body();
    }

    /** The deadline holds for the whole response: a request's own timeout ends with its headers. */
    private HttpResponse<byte[]> send(HttpRequest request, long deadline) throws IOException, InterruptedException {
        HttpClient current = client.get();
        CompletableFuture<HttpResponse<byte[]>> sent = current.sendAsync(request, info -> new MessageBody());
        try {
            HttpResponse<byte[]> response = sent.get(Timeouts.millisLeft(deadline), TimeUnit.MILLISECONDS);
            silences.set(0);
            return response;
        } catch (TimeoutException e) {
            if (silences.incrementAndGet() >= IN_A_ROW) {
                replace(current);
            }
            throw (IOException) new SocketTimeoutException("no reply").initCause(e);
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        } finally {
            sent.cancel(true);
        }
    }

    private void replace(HttpClient old) {
        silences.set(0);
        HttpClient fresh = newClient();
        if (client.compareAndSet(old, fresh)) {
            old.shutdownNow();
        } else {
            fresh.shutdownNow();
        }
    }

    @Override
    public void close() {
        client.get().shutdownNow();
    }
}

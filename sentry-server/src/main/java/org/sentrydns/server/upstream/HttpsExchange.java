package org.sentrydns.server.upstream;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.sentrydns.server.wire.UpstreamQuery;

/** Asks over HTTPS (RFC 8484), by POST, with ID 0. Thread-safe. */
record HttpsExchange(HttpClient client, URI uri) implements Exchange {
    private static final String MEDIA_TYPE = "application/dns-message";

    @Override
    public byte[] ask(UpstreamQuery query, long deadline, TargetHealth health)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofMillis(Timeouts.millisLeft(deadline)))
                .header("Content-Type", MEDIA_TYPE)
                .header("Accept", MEDIA_TYPE)
                .POST(HttpRequest.BodyPublishers.ofByteArray(query.withId(0)))
                .build();
        long askedAt = health.asked();
        HttpResponse<byte[]> response = send(request);
        String type = response.headers().firstValue("Content-Type").orElse("");
        if (response.statusCode() != 200 || !type.equalsIgnoreCase(MEDIA_TYPE)) {
            throw new IOException("HTTP status " + response.statusCode() + " with content type '" + type + "'");
        }
        if (!query.isAnsweredBy(response.body())) {
            throw new IOException("the HTTP response is no reply to the question");
        }
        health.replied(askedAt);
        return response.body();
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (HttpTimeoutException e) {
            throw (IOException) new SocketTimeoutException("no reply").initCause(e);
        }
    }
}

package org.sentrydns.server.top;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Reads the HTTP API. Confined to one thread. */
final class Api implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final URI server;
    private final Optional<String> token;

    Api(URI server, Optional<String> token) {
        this.server = server;
        this.token = token;
    }

    /** All that the screen shows. */
    Figures figures() throws IOException, InterruptedException {
        return new Figures(
                read("api/statistics"), read("api/history"), read("api/top"), read("api/upstreams"), read("api/rules"));
    }

    private JsonNode read(String path) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.resolve(path)).timeout(PATIENCE);
        token.ifPresent(t -> request.header("Authorization", "Bearer " + t));
        HttpResponse<byte[]> response;
        try {
            response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new IOException(
                    "no figures from " + server + ": is 'admin' in the server's configuration? ("
                            + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()) + ")",
                    e);
        }
        if (response.statusCode() == 401) {
            throw new IOException(server + " wants a token: name its configuration by -c, or set SENTRY_TOKEN");
        }
        if (response.statusCode() != 200) {
            throw new IOException(server.resolve(path) + " answers with status " + response.statusCode());
        }
        return JSON.readTree(response.body());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}

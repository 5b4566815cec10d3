package org.sentrydns.server.admin;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sentrydns.server.config.AdminSettings;
import org.sentrydns.server.config.ListSource;
import org.sentrydns.server.config.SourceText;
import org.sentrydns.server.list.Lists;

/** When a server is ready, whose lists come in behind it. */
final class ReadinessTest {
    @TempDir
    Path folder;

    private ListSource list(String name) {
        return new ListSource(
                name,
                new ListSource.OfFile(folder.resolve(name + ".txt")),
                Duration.ofHours(24),
                1 << 20,
                Duration.ofSeconds(20),
                false,
                new SourceText("sentry.json", "{}"),
                0);
    }

    @Test
    void server_isReadyWhenEachListIsInOrHasFailed() throws Exception {
        Files.writeString(folder.resolve("ads.txt"), "ads.test\n");
        AdminSettings settings = new AdminSettings(InetAddress.getLoopbackAddress(), 0, Optional.empty());
        try (Lists lists = Lists.of(List.of(list("ads"), list("missing")), Optional.empty());
                AdminServer server = AdminServer.start(settings, Shown.insight(lists.all()), Shown.STEERING);
                HttpClient client = HttpClient.newHttpClient()) {
            URI ready = URI.create("http://127.0.0.1:" + server.local().getPort() + "/ready");
            HttpRequest request = HttpRequest.newBuilder(ready).build();
            assertEquals(
                    503,
                    client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode());
            lists.start();
            await().until(() ->
                    client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 200);
            String body =
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body();
            assertEquals(
                    1,
                    new com.fasterxml.jackson.databind.ObjectMapper()
                            .readTree(body)
                            .path("lists_missing")
                            .asInt());
        }
    }
}

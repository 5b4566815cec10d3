package org.sentrydns.e2e;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Debian's Chromium without a window, steered through its driver (W3C WebDriver). Confined to one thread. */
final class Browser implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Daemon driver;
    private final String base;
    private final String session;
    private final List<String> console = new ArrayList<>();
    private final List<String> requested = new ArrayList<>();

    Browser(Path folder) throws IOException, InterruptedException {
        int port = Ports.free();
        base = "http://127.0.0.1:" + port;
        driver = new Daemon(
                folder,
                folder.resolve("chromedriver.log"),
                List.of("chromedriver", "--port=" + port, "--log-level=OFF"));
        await("the driver listens")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> send("GET", base + "/status", null).path("ready").asBoolean());
        Map<String, Object> options = Map.of(
                "args",
                List.of(
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-background-networking",
                        "--hide-scrollbars",
                        "--user-data-dir=" + Files.createTempDirectory(folder, "chromium")));
        session = base
                + "/session/"
                + send(
                                "POST",
                                base + "/session",
                                Map.of(
                                        "capabilities",
                                        Map.of(
                                                "alwaysMatch",
                                                Map.of(
                                                        "goog:chromeOptions",
                                                        options,
                                                        "goog:loggingPrefs",
                                                        Map.of("browser", "ALL", "performance", "ALL")))))
                        .path("sessionId")
                        .asText();
        // What its own first page wanted is none of ours.
        open("about:blank");
        readLogs();
        requested.clear();
    }

    private JsonNode send(String method, String url, @Nullable Object body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(PATIENCE)
                .method(
                        method,
                        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build();
        JsonNode value = JSON.readTree(
                        http.send(request, BodyHandlers.ofString()).body())
                .path("value");
        if (value.has("error")) {
            throw new AssertionError(value.path("error").asText() + ": "
                    + value.path("message").asText().lines().findFirst().orElse(""));
        }
        return value;
    }

    private void chromium(String command, Map<String, Object> parameters) throws IOException, InterruptedException {
        send("POST", session + "/goog/cdp/execute", Map.of("cmd", command, "params", parameters));
    }

    /** The size of the window, and whether the page is to be dark. */
    void looks(int width, int height, boolean dark) throws IOException, InterruptedException {
        chromium(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 640));
        chromium(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    void open(String url) throws IOException, InterruptedException {
        send("POST", session + "/url", Map.of("url", url));
    }

    /** What a function with this body returns in the page. */
    JsonNode run(String body) throws IOException, InterruptedException {
        return send("POST", session + "/execute/sync", Map.of("script", body, "args", List.of()));
    }

    /** The text of what a selector finds. */
    String text(String selector) throws IOException, InterruptedException {
        return run("return document.querySelector(" + JSON.writeValueAsString(selector) + ")?.innerText ?? ''")
                .asText();
    }

    private String element(String selector) throws IOException, InterruptedException {
        JsonNode found = send("POST", session + "/element", Map.of("using", "css selector", "value", selector));
        return session + "/element/" + found.elements().next().asText();
    }

    void click(String selector) throws IOException, InterruptedException {
        send("POST", element(selector) + "/click", Map.of());
    }

    void type(String selector, String text) throws IOException, InterruptedException {
        send("POST", element(selector) + "/value", Map.of("text", text));
    }

    /** Takes a picture of the whole page, for people. */
    void picture(Path file) throws IOException, InterruptedException {
        JsonNode taken = send(
                "POST",
                session + "/goog/cdp/execute",
                Map.of("cmd", "Page.captureScreenshot", "params", Map.of("captureBeyondViewport", true)));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, Base64.getDecoder().decode(taken.path("data").asText()));
    }

    private void readLogs() throws IOException, InterruptedException {
        for (JsonNode line : send("POST", session + "/se/log", Map.of("type", "browser"))) {
            console.add(line.path("level").asText() + " " + line.path("message").asText());
        }
        for (JsonNode line : send("POST", session + "/se/log", Map.of("type", "performance"))) {
            JsonNode event = JSON.readTree(line.path("message").asText()).path("message");
            if (event.path("method").asText().equals("Network.requestWillBeSent")) {
                requested.add(event.path("params").path("request").path("url").asText());
            }
        }
    }

    /** What the page wrote to the console, errors of the browser included. */
    List<String> console() throws IOException, InterruptedException {
        readLogs();
        return List.copyOf(console);
    }

    /** Every address that was asked for something. */
    List<String> requested() throws IOException, InterruptedException {
        readLogs();
        return List.copyOf(requested);
    }

    @Override
    public void close() {
        try {
            send("DELETE", session, null);
        } catch (IOException e) {
            throw new AssertionError("the browser did not end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            driver.close();
        }
    }
}

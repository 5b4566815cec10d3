package org.sentrydns.server.admin;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sentrydns.server.config.AdminSettings;
import org.xbill.DNS.Type;

/** Calls over plain sockets: an HTTP client would not let a test send another Host. */
final class AdminServerTest {
    private static final String TOKEN = "correct-horse-battery-staple";

    private final Insight insight = Shown.insight();
    private AdminServer server = start(Optional.empty());

    private AdminServer start(Optional<String> token) {
        try {
            AdminSettings settings = new AdminSettings(InetAddress.getLoopbackAddress(), 0, token);
            return AdminServer.start(settings, insight, Shown.STEERING);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void restart(String token) {
        server.close();
        server = start(Optional.of(token));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Socket send(String method, String path, String... headers) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), server.local().getPort()));
        socket.setSoTimeout(10_000);
        OutputStream out = socket.getOutputStream();
        String all = List.of(headers).stream().anyMatch(h -> h.startsWith("Host:")) ? "" : "Host: 127.0.0.1:5380\r\n";
        out.write((method + " " + path + " HTTP/1.1\r\n" + all + String.join("\r\n", headers)
                        + (headers.length == 0 ? "" : "\r\n") + "Connection: close\r\nContent-Length: 0\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        out.flush();
        return socket;
    }

    private String call(String method, String path, String... headers) throws IOException {
        try (Socket socket = send(method, path, headers)) {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private int status(String method, String path, String... headers) throws IOException {
        return Integer.parseInt(call(method, path, headers).split(" ", 3)[1]);
    }

    private JsonNode json(String method, String path, String... headers) throws IOException {
        String response = call(method, path, headers);
        return new JsonMapper().readTree(response.substring(response.indexOf("\r\n\r\n")));
    }

    @Test
    void call_byTheNameOfAForeignPage_isRefused() throws IOException {
        assertEquals(403, status("GET", "/api/rules", "Host: evil.test"));
        assertEquals(403, status("GET", "/metrics", "Host: evil.test:5380"));
        assertEquals(200, status("GET", "/api/rules", "Host: localhost:5380"));
        assertEquals(200, status("GET", "/api/rules", "Host: [::1]:5380"));
        assertEquals(200, status("GET", "/health", "Host: evil.test"));
    }

    @Test
    void change_withoutTheHeaderThatForeignPagesCannotSend_isRefused() throws IOException {
        assertEquals(403, status("POST", "/api/blocking/pause"));
        assertEquals(405, status("GET", "/api/blocking/pause", "Sentry-Request: 1"));
        assertEquals(0, json("GET", "/api/blocking").path("paused_seconds").asInt());
        assertEquals(200, status("POST", "/api/blocking/pause", "Sentry-Request: 1"));
        assertEquals(300, json("GET", "/api/blocking").path("paused_seconds").asInt());
    }

    @Test
    void flush_saysHowMuchIsForgotten() throws IOException {
        assertEquals(403, status("POST", "/api/cache/flush"));
        assertEquals(
                7,
                json("POST", "/api/cache/flush", "Sentry-Request: 1")
                        .path("forgotten")
                        .asInt());
    }

    @Test
    void call_whereThereIsAToken_needsIt() throws IOException {
        restart(TOKEN);

        assertEquals(401, status("GET", "/api/rules"));
        assertEquals(401, status("POST", "/api/blocking/pause", "Sentry-Request: 1"));
        assertEquals(401, status("GET", "/metrics", "Authorization: Bearer " + TOKEN + "x"));
        assertEquals(200, status("GET", "/api/rules", "Host: dns.example", "Authorization: Bearer " + TOKEN));
        assertEquals(200, status("GET", "/api/rules", "Authorization: bearer " + TOKEN));
        assertTrue(call("GET", "/api/rules").contains("\r\nWww-authenticate: Bearer\r\n"), call("GET", "/api/rules"));
        assertEquals(200, status("GET", "/"));
    }

    @Test
    void page_letsNothingForeignIn() throws IOException {
        String page = call("GET", "/");

        assertTrue(page.contains("default-src 'none'; script-src 'self'; style-src 'self'"), page);
        assertTrue(page.lines().noneMatch(line -> line.contains("style=") || line.contains("onclick=")));
    }

    @Test
    void metrics_sayWhatIsNotAsItShouldBe() throws IOException {
        assertTrue(call("GET", "/metrics").contains("\nsentry_blocking_paused 0.0\n"));
        assertTrue(call("GET", "/metrics").contains("\nsentry_reload_refused 0.0\n"));
        insight.statistics().reloaded(false);
        assertEquals(200, status("POST", "/api/blocking/pause", "Sentry-Request: 1"));
        assertTrue(call("GET", "/metrics").contains("\nsentry_blocking_paused 1.0\n"));
        assertTrue(call("GET", "/metrics").contains("\nsentry_reload_refused 1.0\n"));
    }

    /** A reload may give the line another number, and goes on counting. */
    @Test
    void metrics_nameARuleByItsText() throws IOException {
        Shown.query(insight, "ads.test");
        String metrics = call("GET", "/metrics");
        assertTrue(metrics.contains("sentry_rule_hits_total{rule=\"block ^ads\",verb=\"block\"} 1.0"), metrics);
    }

    @Test
    void metrics_haveWhatPluginsCount() throws IOException {
        insight.statistics().plugin("acme", "seen.twice").add(2);

        String metrics = call("GET", "/metrics");
        assertTrue(metrics.contains("sentry_plugin_events_total{name=\"seen.twice\",plugin=\"acme\"} 2.0"), metrics);
    }

    @Test
    void pause_ofARule_showsInItsFiguresUntilItIsResumed() throws IOException {
        assertEquals(
                420,
                json("POST", "/api/rules/2/pause?minutes=7", "Sentry-Request: 1")
                        .path("paused_seconds")
                        .asInt());
        Shown.query(insight, "www.test");
        JsonNode paused = json("GET", "/api/rules").path("rules").path(1);
        assertEquals("say ^www", paused.path("text").asText());
        assertEquals(1, paused.path("passed_over").asInt());
        assertEquals(0, paused.path("hits").asInt());
        assertEquals(
                0,
                json("POST", "/api/rules/2/resume", "Sentry-Request: 1")
                        .path("paused_seconds")
                        .asInt());
    }

    @Test
    void pause_ofARuleThatHasAnotherNumberByNow_isRefused() throws IOException {
        assertEquals(409, status("POST", "/api/rules/2/pause?text=block+%5Eads", "Sentry-Request: 1"));
        assertEquals(0, json("GET", "/api/rules/2").path("paused_seconds").asInt());
        assertEquals(200, status("POST", "/api/rules/2/pause?text=say+%5Ewww", "Sentry-Request: 1"));
    }

    @Test
    void resume_ofARuleThatIsNoLongerThere_isRefused() throws IOException {
        assertEquals(200, status("POST", "/api/rules/2/pause", "Sentry-Request: 1"));

        assertEquals(409, status("POST", "/api/rules/2/resume?text=block+%5Eads", "Sentry-Request: 1"));
        assertEquals(300, json("GET", "/api/rules/2").path("paused_seconds").asInt());
        assertEquals(200, status("POST", "/api/rules/2/resume?text=say+%5Ewww", "Sentry-Request: 1"));
        assertEquals(0, json("GET", "/api/rules/2").path("paused_seconds").asInt());
    }

    @Test
    void resume_ofABlockWhileAllBlockingIsPaused_saysWhatToResume() throws IOException {
        json("POST", "/api/blocking/pause", "Sentry-Request: 1");
        assertEquals(
                "all blocking is paused, and this rule with it: resume that",
                json("POST", "/api/rules/1/resume", "Sentry-Request: 1")
                        .path("problem")
                        .asText());
        assertEquals(200, status("POST", "/api/rules/2/resume", "Sentry-Request: 1"));
    }

    @Test
    void callsThatMakeNoSense_sayWhatWasExpected() throws IOException {
        assertEquals(
                "expected a number from 1 to 2 for 'number'",
                json("GET", "/api/rules/3").path("problem").asText());
        assertEquals(
                "expected a number from 1 to 1440 for 'minutes'",
                json("POST", "/api/blocking/pause?minutes=0", "Sentry-Request: 1")
                        .path("problem")
                        .asText());
        assertEquals(
                "there is no parameter 'client': expected from, name, transport, type",
                json("GET", "/api/explain?name=a&client=127.0.0.2")
                        .path("problem")
                        .asText());
        assertEquals(
                "there is no parameter 'minutes': expected text",
                json("POST", "/api/rules/1/resume?minutes=1", "Sentry-Request: 1")
                        .path("problem")
                        .asText());
        assertEquals(200, status("GET", "/metrics?format=text"));
        assertEquals(400, status("GET", "/api/explain"));
        assertEquals(400, status("GET", "/api/explain?name=a..b"));
        assertEquals(400, status("GET", "/api/explain?name=a%20b"));
        assertEquals(400, status("GET", "/api/explain?name=@"));
        assertEquals(400, status("GET", "/api/explain?name=a&type=NOPE"));
        assertEquals(400, status("GET", "/api/explain?name=a&from=here"));
        assertEquals(400, status("GET", "/api/live?client=nobody"));
        assertEquals(400, status("GET", "/api/explain?name=%zz"));
        assertEquals(404, status("GET", "/api/../etc/passwd"));
        assertEquals(404, status("GET", "/api/rules/"));
        assertEquals(404, status("POST", "/api/rules//pause", "Sentry-Request: 1"));
        assertEquals(400, status("POST", "/api/rules/x/pause", "Sentry-Request: 1"));
        assertEquals(409, status("POST", "/api/reload", "Sentry-Request: 1"));
    }

    @Test
    void explain_saysWhichRuleDecides() throws IOException {
        JsonNode explained = json("GET", "/api/explain?name=ads.test&type=aaaa&from=10.0.0.1");

        assertEquals("block", explained.path("decision").path("verb").asText());
        assertEquals(1, explained.path("decision").path("rule").asInt());
        assertEquals("applied", explained.path("rules").path(0).path("part").asText());
        assertEquals("passed-over", explained.path("rules").path(1).path("part").asText());
    }

    @Test
    void live_showsWhatTheFilterLetsThroughAndSaysWhatWasLost() throws IOException {
        try (Socket socket = send("GET", "/api/live?name=ADS&type=MX&per_second=2");
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            while (!lines.readLine().startsWith(": queries")) {
                // Headers, and the length of a chunk.
            }
            Shown.query(insight, "ads.test");
            Shown.query(insight, "www.test", Type.MX);
            for (int i = 0; i < 50; i++) {
                Shown.query(insight, "ads" + i + ".test", Type.MX);
            }
            List<String> seen = new ArrayList<>();
            while (seen.stream().noneMatch(line -> line.contains("\"lost\":"))) {
                String line = lines.readLine();
                if (line.startsWith("data:")) {
                    seen.add(line);
                }
            }
            assertTrue(seen.getFirst().contains("\"name\":\"ads0.test.\""), seen.toString());
            assertTrue(seen.size() <= 5, seen.toString());
        }
    }

    @Test
    void live_ofWhomOnlyTheHeadersInterest_ends() throws IOException {
        String response = call("HEAD", "/api/live");
        assertTrue(response.startsWith("HTTP/1.1 200 "), response);
        assertTrue(response.endsWith("\r\n\r\n"), response);
    }

    @Test
    void live_ofAReaderWhoIsGone_ends() throws IOException {
        for (int i = 0; i < 30; i++) {
            try (Socket socket = send("GET", "/api/live")) {
                assertTrue(socket.getInputStream().read() > 0);
            }
        }
        await("places are free again").atMost(Duration.ofSeconds(20)).until(() -> {
            try (Socket socket = send("GET", "/api/live")) {
                return new String(socket.getInputStream().readNBytes(12), StandardCharsets.UTF_8).endsWith("200");
            }
        });
    }
}

package org.sentrydns.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What looks on reads as the tools of others expect it. */
final class ObserversIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOKEN = "correct-horse-battery-staple";

    @TempDir
    static Path folder;

    private static Nsd nsd;

    @BeforeAll
    static void start() throws Exception {
        nsd = Nsd.start(folder, "*. IN A 192.0.2.1\n");
    }

    @AfterAll
    static void stop() {
        nsd.close();
    }

    private static RunningSentry sentry(String more) throws Exception {
        return RunningSentry.start(
                folder,
                RunningSentry.config("block ^ads with nxdomain", "resolve ^(.*) using " + nsd.upstream())
                        .replace("\"rules\"", more + ",\n  \"rules\""));
    }

    private static HttpResponse<String> get(String url, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(10));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void metrics_passPromtoolsCheck() throws Exception {
        int port = Ports.free();
        try (RunningSentry sentry = sentry("\"admin\": { \"port\": " + port + " }")) {
            Tool.dig(sentry.port(), "ads.test");
            Tool.dig(sentry.port(), "+tcp", "www.test", "MX");
            sentry.awaitLog("the page is at");
            String metrics = get("http://127.0.0.1:" + port + "/metrics").body();
            Path file = Files.writeString(folder.resolve("metrics"), metrics);
            Tool.Ran checked = Tool.run("/bin/sh", "-c", "promtool check metrics < " + file);

            assertEquals("", checked.text());
            assertEquals(0, checked.exit());
            for (String line : List.of(
                    "sentry_queries_total{rcode=\"NXDOMAIN\",transport=\"udp\",type=\"A\",verb=\"block\"} 1.0",
                    "sentry_queries_total{rcode=\"NOERROR\",transport=\"tcp\",type=\"MX\",verb=\"resolve\"} 1.0",
                    "sentry_query_duration_seconds_count 2",
                    "sentry_upstream_wins_total{upstream=\"" + nsd.upstream() + "\"} 1.0",
                    "sentry_cache_misses_total 1.0",
                    "jvm_threads_current ")) {
                assertTrue(metrics.lines().anyMatch(l -> l.startsWith(line)), () -> "no " + line + " in " + metrics);
            }
        }
    }

    /** Grafana shows nothing where a name is wrong, and does not complain. */
    @Test
    void dashboard_asksOnlyForWhatIsThere() throws Exception {
        String dashboard = Files.readString(RunningSentry.HOME.resolve("examples/grafana.json"));
        int port = Ports.free();
        Files.writeString(folder.resolve("ads.txt"), "listed.test\n");
        try (RunningSentry sentry = sentry("\"admin\": { \"port\": " + port + " }, \"lists\": { \"ads\": \"ads.txt\" },"
                + " \"query_log\": { \"file\": \"dashboard.jsonl\" }")) {
            Tool.dig(sentry.port(), "ads.test");
            Tool.dig(sentry.port(), "www.test");
            sentry.awaitLog("the page is at");
            String metrics = get("http://127.0.0.1:" + port + "/metrics").body();
            Set<String> names = found("(?m)^([a-z_]+)[{ ]", metrics);
            Set<String> labels = found("[{,]([a-z]+)=\"", metrics);
            Set<String> asked = found("\\b((?:sentry|jvm)_[a-z_]+)", dashboard);
            Set<String> told = found("\\{\\{([a-z]+)}}", dashboard);

            assertTrue(asked.size() >= 15 && told.size() >= 5, () -> asked + " " + told);
            asked.removeAll(names);
            told.removeAll(labels);
            assertEquals(Set.of(), asked, () -> "not in " + metrics);
            assertEquals(Set.of(), told, () -> "not in " + metrics);
        }
    }

    private static Set<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void dashboard_isWrittenInWhatPrometheusUnderstands() throws Exception {
        JsonNode dashboard = JSON.readTree(
                RunningSentry.HOME.resolve("examples/grafana.json").toFile());
        List<Map<String, String>> rules = new ArrayList<>();
        for (String expression : dashboard.path("panels").findValuesAsText("expr")) {
            String spans = expression.replaceAll("\\$__(rate_interval|range)", "5m");
            rules.add(Map.of("record", "panel:" + rules.size(), "expr", spans));
        }
        // JSON is YAML as well, which is what promtool reads.
        Map<String, Object> group = Map.of("name", "dashboard", "rules", rules);
        Path file = folder.resolve("rules.yml");
        JSON.writeValue(file.toFile(), Map.of("groups", List.of(group)));
        Tool.Ran checked = Tool.run("promtool", "check", "rules", file.toString());

        assertEquals(0, checked.exit(), checked::text);
        assertTrue(checked.text().contains(rules.size() + " rules found"), checked::text);
        assertTrue(dashboard.path("schemaVersion").isInt() && rules.size() >= 15, dashboard::toString);
        assertEquals(
                "prometheus",
                dashboard.path("__inputs").path(0).path("pluginId").asText());
    }

    @Test
    void admin_onOtherAddressesWithoutToken_refusesToStart() throws Exception {
        Path file = Files.writeString(folder.resolve("open.json"), """
                { "rules": [],
                  "admin": { "host": "0.0.0.0" } }
                """);
        Tool.Ran ran = RunningSentry.run(folder, "-c", file.toString());

        assertEquals(2, ran.exit());
        assertTrue(ran.err().contains("open.json:2:22: other machines reach this address"), ran.err());
    }

    @Test
    void admin_withToken_wantsIt() throws Exception {
        int port = Ports.free();
        String url = "http://127.0.0.1:" + port;
        try (RunningSentry sentry =
                sentry("\"admin\": { \"host\": \"0.0.0.0\", \"port\": " + port + ", \"token\": \"" + TOKEN + "\" }")) {
            sentry.awaitLog("the page is at");
            assertEquals(200, get(url + "/ready").statusCode());
            assertEquals(401, get(url + "/api/rules").statusCode());
            assertEquals(
                    401, get(url + "/metrics", "Authorization", "Bearer wrong").statusCode());
            assertEquals(
                    200,
                    get(url + "/metrics", "Authorization", "Bearer " + TOKEN).statusCode());
            assertTrue(sentry.isAlive());
        }
    }

    @Test
    void queryLog_isJsonLinesWithShortenedClients() throws Exception {
        Path file = folder.resolve("queries.jsonl");
        try (RunningSentry sentry =
                sentry("\"query_log\": { \"file\": \"queries.jsonl\", \"shorten_clients\": true }")) {
            Tool.dig(sentry.port(), "ads.test");
            Tool.dig(sentry.port(), "www.test", "MX");
            Tool.dig(sentry.port(), "www.test", "MX");
        }
        List<String> lines = Files.readAllLines(file);
        assertEquals(3, lines.size());
        JsonNode first = JSON.readTree(lines.getFirst());
        assertEquals("ads.test.", first.path("name").asText());
        assertEquals("block", first.path("verb").asText());
        assertEquals("NXDOMAIN", first.path("rcode").asText());
        assertEquals("127.0.0.0/24", first.path("client").asText());
        assertTrue(first.path("from").isMissingNode(), first::toString);
        assertEquals("MX", JSON.readTree(lines.getLast()).path("type").asText());
        assertEquals(nsd.upstream(), JSON.readTree(lines.get(1)).path("from").asText());
        assertEquals("cache", JSON.readTree(lines.getLast()).path("from").asText());
    }

    @Test
    void dnstap_isReadByDebiansReaders() throws Exception {
        Path socket = folder.resolve("tap.sock");
        Path captured = folder.resolve("tap.fstrm");
        List<String> capture = List.of(
                "fstrm_capture", "-t", "protobuf:dnstap.Dnstap", "-u", socket.toString(), "-w", captured.toString());
        try (Daemon collector = new Daemon(folder, folder.resolve("capture.log"), capture)) {
            await("the collector listens").atMost(Duration.ofSeconds(10)).until(() -> Files.exists(socket));
            try (RunningSentry sentry = sentry("\"dnstap\": { \"unix\": \"tap.sock\", \"identity\": \"here\" }")) {
                sentry.awaitLog("dnstap goes to");
                Tool.dig(sentry.port(), "ads.test");
                Tool.dig(sentry.port(), "+tcp", "www.test", "TXT");
            }
            assertTrue(collector.isAlive(), collector::log);
        }
        String read = Tool.run("dnstap-read", captured.toString()).out();
        assertEquals(2, count(read, " CQ "), read);
        assertEquals(2, count(read, " CR "), read);
        assertEquals(1, count(read, " FQ "), read);
        assertEquals(1, count(read, " FR "), read);
        assertTrue(read.contains("UDP") && read.contains("TCP") && read.contains("www.test/IN/TXT"), read);
        Tool.Ran yaml = Tool.run(Path.of("."), Map.of(), List.of("dnstap-ldns", "-y", "-r", captured.toString()));
        assertEquals(0, yaml.exit(), yaml::text);
        assertTrue(yaml.out().contains("identity: \"here\""), yaml.out());
        assertTrue(yaml.out().contains("NXDOMAIN"), yaml.out());
    }

    private static int count(String text, String part) {
        return text.split(part, -1).length - 1;
    }
}

package org.sentrydns.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigReaderTest {
    @TempDir
    Path folder;

    @Test
    void read_everyKey_hasItsValue() throws Exception {
        Config config = Reading.good(folder, """
                {
                  "host": "0.0.0.0", "port": 5301,
                  "rules": [ "log ^a", "block ^b" ],
                  "resolution_timeout": 0.25,
                  "groups": { "kids": [ "192.168.1.20", "192.168.7.0/24", "2001:db8::/32" ], "none": [] },
                  "limits": { "queries_in_flight": 7, "tcp_connections": 8 },
                  "plugins": "../%s"
                }
                """.formatted(folder.getFileName()));
        assertEquals(InetAddress.getByName("0.0.0.0"), config.host());
        assertEquals(5301, config.port());
        assertEquals(List.of("log ^a", "block ^b"), Reading.rules(config));
        assertEquals(Duration.ofMillis(250), config.resolutionTimeout());
        assertEquals(3, config.groups().getOrDefault("kids", List.of()).size());
        assertEquals(List.of(), config.groups().get("none"));
        assertEquals(new Limits(7, 8), config.limits());
        assertEquals(Optional.of(folder.resolve("..").resolve(folder.getFileName())), config.plugins());
        assertEquals(List.of(), config.notices());
    }

    /** As /etc/sentry often is one: what is above it is above what it leads to. */
    @Test
    void read_throughALinkedFolder_leavesWhatIsAboveItToTheSystem() throws Exception {
        Path real = Files.createDirectories(folder.resolve("opt/conf"));
        Path link = Files.createSymbolicLink(folder.resolve("etc"), real);
        Path plugins = Files.createDirectory(folder.resolve("opt/plugins"));
        Config config = Reading.good(link, "{\"rules\": [], \"plugins\": \"../plugins\"}");
        assertEquals(plugins.toRealPath(), config.plugins().orElseThrow().toRealPath());
    }

    @Test
    void read_nothingButRules_hasDefaults() throws Exception {
        Config config = Reading.good(folder, "{\"rules\": []}");
        assertEquals(InetAddress.getLoopbackAddress(), config.host());
        assertEquals(5300, config.port());
        assertEquals(Duration.ofSeconds(1), config.resolutionTimeout());
        assertEquals(new Limits(10_000, 1_000), config.limits());
        assertEquals(Optional.empty(), config.plugins());
    }

    @Test
    void read_lists_haveTheirSourcesInOrder() throws Exception {
        Path file = Files.writeString(folder.resolve("ads.txt"), "ads.test");
        Config config = Reading.good(folder, """
                {
                  "rules": [],
                  "lists": {
                    "more": "https://a.test/more?key=7",
                    "ads": "ads.txt",
                    "all": { "source": "HTTP://a.test:81/", "refresh": "90s", "max_megabytes": 3, "timeout": 2.5, "wait": true },
                  },
                  "list_copies": "copies"
                }
                """);
        assertEquals(List.of("more", "ads", "all"), List.copyOf(config.lists().keySet()));
        ListSource more = list(config, "more");
        assertEquals(new ListSource.OfAddress(URI.create("https://a.test/more?key=7")), more.origin());
        assertEquals("https://a.test/more?…", more.origin().toString());
        assertEquals(Duration.ofDays(1), more.refresh());
        assertEquals(256L << 20, more.maxBytes());
        assertEquals(Duration.ofMinutes(1), more.timeout());
        ListSource ads = list(config, "ads");
        assertEquals(new ListSource.OfFile(file), ads.origin());
        assertEquals(5, ads.problem("here").line());
        assertEquals(12, ads.problem("here").column());
        ListSource all = list(config, "all");
        assertEquals(Duration.ofSeconds(90), all.refresh());
        assertEquals(3L << 20, all.maxBytes());
        assertEquals(Duration.ofMillis(2500), all.timeout());
        assertEquals(List.of(false, false, true), List.of(more.awaited(), ads.awaited(), all.awaited()));
        assertEquals(24, all.problem("here").column());
        assertEquals(Optional.of(folder.resolve("copies")), config.listCopies());
    }

    @ParameterizedTest
    @CsvSource({"10s,10", "15m,900", "24h,86400", "30d,2592000"})
    void read_refresh_hasItsUnit(String text, long seconds) throws Exception {
        Config config = Reading.good(
                folder,
                "{\"rules\": [], \"lists\": {\"a\": {\"source\": \"http://a.test\", \"refresh\": \"" + text + "\"}}}");
        assertEquals(Duration.ofSeconds(seconds), list(config, "a").refresh());
    }

    @Test
    void read_commentsTrailingCommasAndByteOrderMark_areAllowed() throws Exception {
        Config config = Reading.good(
                folder,
                "\uFEFF// first\n{ /* in\nbetween */ \"rules\": [ \"log ^a\", // \"log ^b\",\n \"log ^c\", ], }\n// last");
        assertEquals(List.of("log ^a", "log ^c"), Reading.rules(config));
    }

    @Test
    void read_lineFeedInAString_givesTwoRules() throws Exception {
        Config config = Reading.good(folder, "{\"rules\": [\"log ^a\\n  block ^b \"]}");
        assertEquals(List.of("log ^a", "block ^b"), Reading.rules(config));
    }

    @Test
    void read_originalsKeys_areAcceptedAndSaidToBeUnneeded() throws Exception {
        Config config =
                Reading.good(folder, "{\"rules\": [], \"threadpool_size\": 4, \"catchall_address\": \"8.8.8.8\"}");
        assertEquals(2, config.notices().size());
        assertTrue(config.notices().getFirst().startsWith("threadpool_size is not needed"));
        assertTrue(config.notices().getLast().startsWith("catchall_address is ignored"));
    }

    @Test
    void read_embeddedDefault_hasNoMistakes() throws Exception {
        Problems problems = new Problems();
        Config config = ConfigReader.embedded(problems);
        problems.throwIfAny();
        assertEquals("default.json", config.file());
        assertTrue(config.host().isLoopbackAddress());
    }

    @ParameterizedTest
    @CsvSource({"'1',1000", "'0.001',1", "'60',60000", "'2.50',2500", "'5e-1',500"})
    void read_timeout_isInSeconds(String json, long millis) throws Exception {
        Config config = Reading.good(folder, "{\"rules\": [], \"resolution_timeout\": " + json + "}");
        assertEquals(Duration.ofMillis(millis), config.resolutionTimeout());
    }

    @Test
    void read_missingFile_isNamed() {
        Path file = folder.resolve("none.json");
        IOException e = assertThrows(IOException.class, () -> ConfigReader.read(file, new Problems()));
        assertEquals("config file " + file + " does not exist", e.getMessage());
    }

    @Test
    void read_fileThatIsNotUtf8_isNamed() throws IOException {
        Path file = Files.write(folder.resolve("latin.json"), new byte[] {'{', '"', (byte) 0xe4, '"', '}'});
        IOException e = assertThrows(IOException.class, () -> ConfigReader.read(file, new Problems()));
        assertEquals("config file " + file + " is not UTF-8 text", e.getMessage());
    }

    private static ListSource list(Config config, String name) {
        return Objects.requireNonNull(config.lists().get(name));
    }
}

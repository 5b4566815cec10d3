package org.sentrydns.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sentrydns.api.SettingsException;

final class PluginSettingsTest {
    @TempDir
    Path folder;

    enum Mode {
        FAST,
        SLOW
    }

    record Inner(int a) {}

    record All(
            String text,
            boolean flag,
            int number,
            long big,
            double fraction,
            BigDecimal exact,
            Duration span,
            Path file,
            URI baseUrl,
            Mode mode,
            Inner inner,
            List<Inner> list,
            Map<String, Integer> map,
            Optional<String> maybe) {}

    record Small(int port, Optional<Mode> mode) {
        Small {
            if (port == 13) {
                throw new IllegalArgumentException("13 brings bad luck");
            }
        }
    }

    private Config read(String settings, Problems problems) throws IOException, InvalidConfigException {
        Path file = Files.writeString(
                folder.resolve("sentry.json"), "{\"rules\": [],\n\"plugin_settings\": " + settings + "}");
        return ConfigReader.read(file, problems);
    }

    private <R extends Record> List<String> mistakes(String settings, Class<R> type) throws Exception {
        Problems problems = new Problems();
        PluginSettings read = read(settings, problems).pluginSettings();
        try {
            read.bind("acme", type);
        } catch (SettingsException e) {
            read.report("acme", e);
        }
        read.rejectUnread(Set.of("acme", "other"));
        return assertThrows(InvalidConfigException.class, problems::throwIfAny).problems().stream()
                .map(p -> p.line() + ":" + p.column() + " " + p.message())
                .toList();
    }

    @Test
    void bind_everyKindOfComponent_isRead() throws Exception {
        Problems problems = new Problems();
        PluginSettings settings = read("""
                {"acme": {"text": "x", "flag": true, "number": 1, "big": 20000000000, "fraction": 0.5, "exact": 1.10,
                 "span": 0.25, "file": "a/b", "base_url": "http://a.test/", "mode": "slow", "inner": {"a": 1},
                 "list": [{"a": 2}], "map": {"k": 3}}}""", problems).pluginSettings();
        All all = settings.bind("acme", All.class);
        assertEquals(
                new All(
                        "x",
                        true,
                        1,
                        20_000_000_000L,
                        0.5,
                        new BigDecimal("1.10"),
                        Duration.ofMillis(250),
                        folder.resolve("a/b"),
                        URI.create("http://a.test/"),
                        Mode.SLOW,
                        new Inner(1),
                        List.of(new Inner(2)),
                        Map.of("k", 3),
                        Optional.empty()),
                all);
        settings.rejectUnread(Set.of("acme"));
        problems.throwIfAny();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
                    {"acme": {"prot": 1}}                 ~ [2:29 expected the key 'port', 2:30 unknown key 'prot': did you mean 'port'?]
                    {"acme": {"port": "x"}}               ~ [2:38 expected a number, got a string]
                    {"acme": {"port": 1.5}}               ~ [2:38 expected a whole number, got 1.5]
                    {"acme": {"port": 1, "mode": "odd"}}  ~ [2:49 expected one of fast, slow]
                    {"acme": {"port": 13}}                ~ [2:29 13 brings bad luck]
                    {}                                    ~ [2:20 expected the key 'port' in plugin_settings of 'acme']
                    {"acme": 5}                           ~ [2:20 expected the key 'port' in plugin_settings of 'acme', 2:29 expected an object, got a number]
                    {"acme": {"port": 1}, "acne": {}}     ~ [2:42 there is no plugin 'acne': did you mean 'acme'?]
                    {"acme": {"port": 1}, "other": {}}    ~ [2:42 the plugin 'other' takes no settings: it has read none when it started]
                    """)
    void bind_mistake_isNamedWithItsPlace(String settings, String expected) throws Exception {
        assertEquals(expected, mistakes(settings, Small.class).toString());
    }

    /** By then all mistakes have been shown. */
    @Test
    void bind_ofAPluginThatHasStarted_givesWhatItHasReadAndNothingElse() throws Exception {
        PluginSettings settings =
                read("{\"acme\": {\"port\": 1}}", new Problems()).pluginSettings();
        Small small = settings.bind("acme", Small.class);
        settings.rejectUnread(Set.of("acme"));
        assertEquals(small, settings.bind("acme", Small.class));
        assertThrows(IllegalStateException.class, () -> settings.bind("other", Inner.class));
    }

    @Test
    void report_whatThePluginFinds_standsAtItsKey() throws Exception {
        Problems problems = new Problems();
        PluginSettings settings = read("{\"acme\": {\"port\": 1}}", problems).pluginSettings();
        settings.report("acme", new SettingsException("port", "nobody listens there"));
        List<Problem> found =
                assertThrows(InvalidConfigException.class, problems::throwIfAny).problems();
        assertEquals("plugin 'acme': nobody listens there", found.getFirst().message());
        assertEquals(30, found.getFirst().column());
    }

    @ParameterizedTest
    @CsvSource({"false,PT0S", "0.25,PT0.25S"})
    void ruleBudget_number_isSeconds(String value, Duration budget) throws Exception {
        Config config =
                Reading.good(folder, "{\"rules\": [], \"rule_budget\": " + value + ", \"rule_overrun\": \"pass\"}");
        assertEquals(new RuleTime(budget, RuleTime.Overrun.PASS), config.ruleTime());
        assertEquals(
                new RuleTime(Duration.ofSeconds(1), RuleTime.Overrun.SERVFAIL),
                Reading.good(folder, "{\"rules\": []}").ruleTime());
    }
}

package org.sentrydns.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jars that do harm: the server says what happened and serves on, or does not start, with one sentence. */
final class HostileJarsIT {
    private static final String SOURCE = """
            package bad;

            import org.sentrydns.api.*;

            public final class Bad implements RuleType {
                public Bad() { CONSTRUCTOR }

                public String verb() { VERB return "bad"; }

                public String syntax() { return "bad S"; }

                public void start(PluginContext context) { START }

                public Rule compile(RuleText text) throws RuleSyntaxException {
                    COMPILE
                    return query -> { APPLY return Outcome.pass(); };
                }

                static void fail() { throw new IllegalStateException("as it likes"); }
            }
            """;
    private static final String RULE = "bad ^bad\\.test$";
    private static final String GOOD = "answer ^good\\.test$ with A 192.0.2.1";

    @TempDir
    Path folder;

    private static String source(String where, String code) {
        String source = SOURCE.replace(where, code);
        for (String place : List.of("CONSTRUCTOR", "VERB", "START", "COMPILE", "APPLY")) {
            source = source.replace(place, "");
        }
        return source;
    }

    private String config(String... rules) {
        return RunningSentry.config(rules)
                .replace("\"rules\"", "\"plugins\": \".\", \"rule_budget\": 0.2,\n  \"rules\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    CONSTRUCTOR | fail();                        | bad.jar has a rule type that cannot be made
                    VERB        | fail();                        | bad.jar cannot be loaded: java.lang.IllegalStateException: as it likes
                    START       | fail();                        | bad.jar does not start: java.lang.IllegalStateException: as it likes
                    COMPILE     | fail();                        | the verb 'bad' failed on this line: java.lang.IllegalStateException: as it likes
                    COMPILE     | if (true) throw new StackOverflowError(); | the verb 'bad' failed on this line: java.lang.StackOverflowError
                    """)
    void start_withACodeThatThrows_isRefused(String where, String code, String message) throws Exception {
        RuleJar.build(folder.resolve("bad.jar"), source(where, code), Map.of());
        Path file = Files.writeString(folder.resolve("sentry.json"), config(RULE, GOOD));
        Tool.Ran ran = RunningSentry.run(folder, "-c", file.toString());
        assertEquals(2, ran.exit(), ran::text);
        assertTrue(ran.err().contains(message), ran::text);
    }

    @Test
    void start_withPluginsThatNeedEachOther_isRefused() throws Exception {
        RuleJar.build(folder.resolve("a.jar"), source("", ""), Map.of("Plugin-Id", "a", "Plugin-Dependencies", "b"));
        RuleJar.build(folder.resolve("b.jar"), source("", ""), Map.of("Plugin-Id", "b", "Plugin-Dependencies", "a"));
        Path file = Files.writeString(folder.resolve("sentry.json"), config(GOOD));
        Tool.Ran ran = RunningSentry.run(folder, "-c", file.toString());
        assertEquals(2, ran.exit(), ran::text);
        assertTrue(ran.err().contains("a.jar depends on other plugins (Plugin-Dependencies)"), ran::text);
    }

    /** Nobody can keep code in the same process from that; the README says so. */
    @Test
    void start_withSystemExit_endsWithItsCode() throws Exception {
        RuleJar.build(folder.resolve("bad.jar"), source("COMPILE", "System.exit(42);"), Map.of());
        Path file = Files.writeString(folder.resolve("sentry.json"), config(RULE));
        assertEquals(42, RunningSentry.run(folder, "-c", file.toString()).exit());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    fail();                                                    | IllegalStateException: as it likes
                    fail(); Thread.sleep(1);                                   | IllegalStateException: as it likes
                    if (true) throw new NoClassDefFoundError("Gone");          | NoClassDefFoundError: Gone
                    if (true) throw new StackOverflowError();                  | StackOverflowError
                    Thread.sleep(java.time.Duration.ofDays(1));                | it took longer than its 0.2 s
                    while (true) { if (query == null) break; }                 | it took longer than its 0.2 s
                    synchronized (RuleType.class) { RuleType.class.wait(); }   | it took longer than its 0.2 s
                    if (true) return null;                                     | the rule returned null
                    """)
    void apply_thatDoesHarm_isSaidAndOthersAreServed(String code, String message) throws Exception {
        RuleJar.build(folder.resolve("bad.jar"), source("APPLY", code), Map.of());
        try (RunningSentry sentry = RunningSentry.start(folder, config(RULE, GOOD))) {
            for (int i = 0; i < 3; i++) {
                Tool.Ran ran = Tool.dig(sentry.port(), "bad.test", "A");
                assertTrue(ran.out().contains("SERVFAIL"), ran::text);
                assertEquals(
                        "192.0.2.1",
                        Tool.dig(sentry.port(), "+short", "good.test", "A")
                                .out()
                                .strip());
            }
            sentry.awaitLog(message);
            assertTrue(sentry.log().contains("'" + RULE + "' ("), sentry::log);
        }
    }

    @Test
    void start_withAMillionRules_serves() throws Exception {
        RuleJar.build(folder.resolve("bad.jar"), source("", ""), Map.of());
        List<String> rules = new ArrayList<>();
        for (int i = 0; i < 1_000_000; i++) {
            rules.add("bad ^x" + i + "\\.test$");
        }
        rules.add(GOOD);
        try (RunningSentry sentry = RunningSentry.start(folder, config(rules.toArray(String[]::new)))) {
            assertEquals(
                    "192.0.2.1",
                    Tool.dig(sentry.port(), "+short", "good.test", "A").out().strip());
        }
    }

    @Test
    void stop_withAPluginThatDoesNotClose_leavesWith0() throws Exception {
        String closing = """
                static void sleep() {
                    while (true) { try { Thread.sleep(1000); } catch (InterruptedException e) { } }
                }

                public void close() {
                    try (var pool = java.util.concurrent.Executors.newSingleThreadExecutor()) { pool.submit(Bad::sleep); }
                }
                """;
        String source = source("", "")
                .replace("implements RuleType", "implements RuleType, AutoCloseable")
                .replace("static void fail", closing + "static void fail");
        RuleJar.build(folder.resolve("bad.jar"), source, Map.of());
        try (RunningSentry sentry = RunningSentry.start(folder, config(RULE, GOOD))) {
            sentry.stop();
            assertTrue(sentry.log().contains("bad.jar does not close; Sentry goes on after 5.0 s"), sentry::log);
        }
    }

    @Test
    void threads_thatAreLeftBehind_areNamedAtTheReload() throws Exception {
        String code = "Thread t = new Thread(() -> { while (true) { try { Thread.sleep(1000); }"
                + " catch (InterruptedException e) { } } }, \"leaky\"); t.setDaemon(true); t.start();";
        RuleJar.build(folder.resolve("bad.jar"), source("START", code), Map.of());
        try (RunningSentry sentry = RunningSentry.start(folder, config(RULE, GOOD))) {
            sentry.signal("HUP");
            sentry.awaitLog("plugin bad leaves threads behind, and so its classes stay in memory: [leaky]");
            assertEquals(
                    "192.0.2.1",
                    Tool.dig(sentry.port(), "+short", "good.test", "A").out().strip());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "org/sentrydns/api/Outcome.class",
        "org/xbill/DNS/Name.class",
        "org/xbill/DNS/TXTRecord.class",
        "org/slf4j/LoggerFactory.class"
    })
    void jar_thatBringsItsOwnCopyOfWhatSentryHas_usesSentrys(String name) throws Exception {
        String code = "Class.forName(\"org.slf4j.LoggerFactory\");"
                + " if (true) return Outcome.answer(Reply.of(new org.xbill.DNS.TXTRecord(query.name(), 1, 5, \"fine\")));";
        Path jar = RuleJar.build(folder.resolve("bad.jar"), source("APPLY", code), Map.of());
        try (FileSystem files = FileSystems.newFileSystem(jar)) {
            Path copy = files.getPath(name);
            Files.createDirectories(copy.getParent());
            Files.write(copy, new byte[] {0, 1, 2, 3});
        }
        try (RunningSentry sentry = RunningSentry.start(folder, config(RULE))) {
            assertEquals(
                    "\"fine\"",
                    Tool.dig(sentry.port(), "+short", "bad.test", "TXT").out().strip());
        }
    }

    @Test
    void jar_thatComesAndGoes_countsFromTheReload() throws Exception {
        Path jar = folder.resolve("late.jar");
        String answering =
                "if (true) return Outcome.answer(Reply.of(new org.xbill.DNS.TXTRecord(query.name(), 1, 5, \"VERSION\")));";
        Path file = Files.writeString(folder.resolve("sentry.json"), config(GOOD));
        try (RunningSentry sentry = RunningSentry.startFile(folder, file)) {
            RuleJar.build(jar, source("APPLY", answering.replace("VERSION", "one")), Map.of());
            Files.writeString(file, config(RULE, GOOD));
            sentry.signal("HUP");
            sentry.awaitLog("(1 new, 0 gone)");
            assertEquals(
                    "\"one\"",
                    Tool.dig(sentry.port(), "+short", "bad.test", "TXT").out().strip());

            Files.delete(jar);
            Files.writeString(file, config(GOOD));
            sentry.signal("HUP");
            sentry.awaitLog("(0 new, 1 gone)");
            assertTrue(Tool.dig(sentry.port(), "bad.test", "TXT").out().contains("REFUSED"));
        }
    }
}

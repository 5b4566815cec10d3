package org.sentrydns.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stranger's rule jar works when it is dropped in, and says what is wrong when it does not. */
final class DropInJarIT {
    private static final String GREET = """
            package demo;

            import org.sentrydns.api.Outcome;
            import org.sentrydns.api.Reply;
            import org.sentrydns.api.Rule;
            import org.sentrydns.api.RuleSyntaxException;
            import org.sentrydns.api.RuleText;
            import org.sentrydns.api.RuleType;
            import org.xbill.DNS.DClass;
            import org.xbill.DNS.TXTRecord;

            public final class Greet implements RuleType {
                @Override
                public String verb() {
                    return "greet";
                }

                @Override
                public String syntax() {
                    return "greet S";
                }

                @Override
                public Rule compile(RuleText text) throws RuleSyntaxException {
                    text.end();
                    return query -> Outcome.answer(
                            Reply.of(new TXTRecord(query.name(), DClass.IN, 60, "hello, " + words())));
                }

                private static String words() throws Exception {
                    return "stranger";
                }
            }
            """;

    private static final String SPY =
            GREET.replace("greet", "spy").replace("Greet", "Spy").replace("return \"stranger\";", """
                    try {
                                return "loaded " + Class.forName("org.sentrydns.server.Main");
                            } catch (ClassNotFoundException e) {
                                return e.getClass().getSimpleName();
                            }\
                    """);

    @TempDir
    Path folder;

    @Test
    void greet_hasUnder40Lines() {
        assertTrue(GREET.lines().count() < 40, () -> GREET.lines().count() + " lines");
    }

    @Test
    void jar_inThePluginsFolder_answersAndIsListed() throws Exception {
        Path home = RuleJar.copyOfDistribution(folder.resolve("copy"));
        RuleJar.build(home.resolve("plugins/greet-2.jar"), GREET, Map.of());

        Tool.Ran list = RunningSentry.run(home, folder, "plugins");
        assertEquals(0, list.exit(), list::text);
        assertTrue(list.lines().contains("greet greet S"), list::text);
        assertTrue(list.text().contains("greet-2.jar"), list::text);
        for (String verb : List.of("answer", "block", "log", "redirect", "resolve", "rewrite")) {
            assertTrue(list.text().contains("\n" + verb) || list.text().startsWith(verb), list::text);
        }
        try (RunningSentry sentry = RunningSentry.start(home, folder, RunningSentry.config("greet ^hi\\.test$"))) {
            assertEquals("\"hello, stranger\"", ask(sentry, "hi.test"));
        }
    }

    @Test
    void jar_inAConfiguredFolder_answersAndIsListed() throws Exception {
        Path own = Files.createDirectories(folder.resolve("my rules"));
        RuleJar.build(own.resolve("greet.jar"), GREET, Map.of("Plugin-Id", "greet", "Plugin-Version", "7.1"));
        String config = RunningSentry.config("greet ^hi\\.test$", "answer ^a\\.test$ with TXT \"still here\"")
                .replace("\"rules\"", "\"plugins\": \"my rules\",\n  \"rules\"");
        Path file = Files.writeString(folder.resolve("own.json"), config);

        Tool.Ran list = RunningSentry.run(folder, "plugins", "-c", file.toString());
        assertTrue(list.text().contains("greet.jar, version 7.1"), list::text);
        try (RunningSentry sentry = RunningSentry.start(folder, config)) {
            assertEquals("\"hello, stranger\"", ask(sentry, "hi.test"));
            assertEquals("\"still here\"", ask(sentry, "a.test"));
        }
    }

    @Test
    void jar_thatLooksForAServerClass_doesNotFindIt() throws Exception {
        RuleJar.build(folder.resolve("greet.jar"), GREET, Map.of());
        RuleJar.build(folder.resolve("spy.jar"), SPY, Map.of());
        String config = RunningSentry.config("spy ^spy\\.test$", "greet ^hi\\.test$")
                .replace("\"rules\"", "\"plugins\": \".\",\n  \"rules\"");

        try (RunningSentry sentry = RunningSentry.start(folder, config)) {
            assertEquals("\"hello, ClassNotFoundException\"", ask(sentry, "spy.test"));
            assertEquals("\"hello, stranger\"", ask(sentry, "hi.test"));
        }
    }

    @Test
    void start_withABrokenJar_endsWithOneSentence() throws Exception {
        Files.writeString(folder.resolve("broken.jar"), "this is no jar");

        assertRefused("broken.jar");
    }

    @Test
    void start_withAJarThatNamesNoRuleType_endsWithOneSentence() throws Exception {
        Path jar = RuleJar.build(folder.resolve("empty.jar"), GREET, Map.of());
        try (var files = FileSystems.newFileSystem(jar)) {
            Files.delete(files.getPath("META-INF/services/org.sentrydns.api.RuleType"));
        }

        assertRefused("empty.jar");
    }

    @Test
    void start_withAVerbThatExists_endsWithOneSentence() throws Exception {
        RuleJar.build(folder.resolve("second-block.jar"), GREET.replace("\"greet\"", "\"block\""), Map.of());

        assertTrue(assertRefused("second-block.jar").contains("'block'"));
    }

    @Test
    void start_withAJarForANewerApi_endsWithOneSentence() throws Exception {
        RuleJar.build(folder.resolve("future.jar"), GREET, Map.of("Plugin-Requires", ">=99.0.0"));

        assertTrue(assertRefused("future.jar").contains(">=99.0.0"));
    }

    private String assertRefused(String jar) throws IOException, InterruptedException {
        String config = RunningSentry.config("answer ^a\\.test$ with A 192.0.2.1")
                .replace("\"rules\"", "\"plugins\": \".\",\n  \"rules\"");
        Path file = Files.writeString(folder.resolve("sentry.json"), config);
        Tool.Ran ran = RunningSentry.run(folder, "-c", file.toString());

        assertEquals(2, ran.exit(), ran::text);
        List<String> sentences = ran.err()
                .lines()
                .filter(line -> !line.contains("[sentry] INFO: using config"))
                .toList();
        assertEquals(1, sentences.size(), ran::text);
        assertTrue(sentences.getFirst().contains(jar), ran::text);
        assertFalse(ran.text().contains("Server started"), ran::text);
        return sentences.getFirst();
    }

    private static String ask(RunningSentry sentry, String name) throws Exception {
        return Tool.dig(sentry.port(), "+short", name, "TXT").out().strip();
    }
}

package org.sentrydns.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sentrydns.e2e.ReadmeBlocks.Block;
import org.sentrydns.e2e.ReadmeBlocks.Command;

/**
 * What the READMEs show is so. Each line of a {@code sentry} block is a rule that the check accepts, each {@code json}
 * block a whole configuration, and each {@code console} block commands with lines of their output. The chapter with the
 * {@code java} block is about a rule jar: that class, built by the {@code sh} block, with a rule in backticks.
 */
final class ReadmeIT {
    private static final Path ROOT =
            RunningSentry.HOME.toAbsolutePath().resolve("../../..").normalize();
    private static final Path README = ROOT.resolve("README.md");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    @TempDir
    static Path folder;

    static List<Path> readmes() throws IOException {
        try (Stream<Path> plugins = Files.list(ROOT.resolve("plugins"))) {
            List<Path> found = new ArrayList<>(plugins.map(plugin -> plugin.resolve("README.md"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList());
            found.addFirst(README);
            return found;
        }
    }

    @ParameterizedTest
    @MethodSource("readmes")
    void sentryBlocks_areRules(Path readme) throws Exception {
        List<String> rules = ReadmeBlocks.of(readme).stream()
                .filter(block -> block.language().equals("sentry"))
                .flatMap(block -> block.text().lines())
                .filter(line -> !line.isBlank())
                .toList();
        assertFalse(rules.isEmpty(), () -> "no rule in " + readme);
        String groups = "\"groups\": { \"kids\": [ \"192.168.1.20\" ] },\n  \"rules\"";
        String config = RunningSentry.config(rules.toArray(String[]::new)).replace("\"rules\"", groups);

        assertAccepted(config);
    }

    @Test
    void jsonBlocks_areConfigurations() throws Exception {
        for (Block block : ReadmeBlocks.of(README)) {
            if (block.language().equals("json")) {
                assertAccepted(block.text());
            }
        }
    }

    private static void assertAccepted(String config) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("readme.json"), config);
        Tool.Ran ran = RunningSentry.run(folder, "check", "-c", file.toString());

        assertEquals(0, ran.exit(), ran::text);
    }

    @Test
    void consoleBlocks_showWhatComes() throws Exception {
        copyResource("mistakes.json");
        int commands = 0;
        try (RunningSentry sentry = RunningSentry.start(folder, embeddedDefault())) {
            for (Block block : ReadmeBlocks.of(README)) {
                if (block.language().equals("console") && !isAboutVerbs(block)) {
                    for (Command command : ReadmeBlocks.commands(block)) {
                        command.assertMatches(run(command, RunningSentry.HOME, sentry.port()));
                        commands++;
                    }
                }
            }
        }
        assertFalse(commands == 0, "the README shows nothing");
    }

    /** The rules that run without a configuration file, on a free port. */
    private static String embeddedDefault() throws IOException {
        try (Stream<Path> jars = Files.list(RunningSentry.HOME.resolve("lib"))) {
            Path server = jars.filter(jar -> jar.getFileName().toString().startsWith("sentry-server-"))
                    .findFirst()
                    .orElseThrow();
            try (JarFile jar = new JarFile(server.toFile());
                    InputStream in = jar.getInputStream(jar.getEntry("org/sentrydns/server/default.json"))) {
                String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                assertEquals(1, text.split("5300,", -1).length - 1, "the default port is there once");
                return text.replace("5300,", "0,");
            }
        }
    }

    private static void copyResource(String name) throws IOException {
        try (InputStream in = ReadmeIT.class.getResourceAsStream("/readme/" + name)) {
            if (in == null) {
                throw new AssertionError("no test resource readme/" + name);
            }
            Files.copy(in, folder.resolve(name));
        }
    }

    /** Nothing but the programs that the README is about; their port is the one that the test took. */
    private static Tool.Ran run(Command command, Path home, int port) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(command.line());
        while (matcher.find()) {
            words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
        }
        words.replaceAll(word -> word.equals("5300") ? String.valueOf(port) : word);
        String program = words.getFirst();
        List<String> arguments = words.subList(1, words.size());
        return switch (program) {
            case "dig", "kdig" -> Tool.run(words);
            case "sentry", "bin/sentry", "dist/run" ->
                RunningSentry.run(home, folder, arguments.toArray(String[]::new));
            default -> throw new AssertionError("a console block runs dig, kdig or sentry, not: " + command);
        };
    }

    /** Those chapters need a jar first. */
    private static boolean isAboutVerbs(Block block) {
        return block.chapter().startsWith("Write a verb");
    }

    private static Block javaBlock() throws IOException {
        return ReadmeBlocks.of(README).stream()
                .filter(block -> block.language().equals("java"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no java block in " + README));
    }

    @Test
    void javaBlock_compilesAgainstTheApiAlone() throws Exception {
        RuleJar.build(folder.resolve("api-alone.jar"), javaBlock().text(), Map.of());
    }

    @Test
    void javaBlock_builtAsShown_answersAsShown() throws Exception {
        Block java = javaBlock();
        Path home = RuleJar.copyOfDistribution(folder.resolve("copy"));
        Path source = folder.resolve(RuleJar.className(java.text()).replace('.', '/') + ".java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, java.text());
        Tool.Ran built = Tool.run(
                folder,
                Map.of("SENTRY", home.toString(), "PATH", jdkFirst()),
                List.of("/bin/sh", "-e", "-c", onlyBlock(java.chapter(), "sh").text()));
        assertEquals(0, built.exit(), built::text);

        try (RunningSentry sentry = RunningSentry.start(home, folder, RunningSentry.config(rule(java)))) {
            for (Command command : ReadmeBlocks.commands(onlyBlock(java.chapter(), "console"))) {
                command.assertMatches(run(command, home, sentry.port()));
            }
        }
    }

    @Test
    void newPlugin_asShown_leavesAJarThatAnswersAsShown() throws Exception {
        String chapter = "Write a verb with Maven";
        Path home = RuleJar.copyOfDistribution(folder.resolve("with-maven"));
        Path fresh = Files.createDirectory(folder.resolve("fresh"));
        Tool.Ran built = Tool.run(
                fresh,
                Map.of("SENTRY", home.toString()),
                List.of("/bin/sh", "-e", "-c", onlyBlock(chapter, "sh").text()));
        assertEquals(0, built.exit(), built::text);

        Matcher rule = Pattern.compile("`(greet [^`]+)`").matcher(ReadmeBlocks.chapter(README, chapter));
        assertTrue(rule.find());
        try (RunningSentry sentry = RunningSentry.start(home, folder, RunningSentry.config(rule.group(1)))) {
            for (Command command : ReadmeBlocks.commands(onlyBlock(chapter, "console"))) {
                command.assertMatches(run(command, home, sentry.port()));
            }
        }
        Tool.Ran again = RunningSentry.run(home, fresh, "new-plugin", "greet");
        assertEquals(2, again.exit(), again::text);
        assertEquals("sentry: the folder greet exists already\n", again.err());
        Tool.Ran twin = RunningSentry.run(home, fresh, "new-plugin", "block");
        assertEquals(2, twin.exit(), twin::text);
        assertTrue(twin.err().startsWith("sentry: there is a verb 'block' already, of "), twin::text);
    }

    private static String jdkFirst() {
        return Path.of(System.getProperty("java.home"), "bin") + ":" + System.getenv("PATH");
    }

    private static Block onlyBlock(String chapter, String language) throws IOException {
        List<Block> found = ReadmeBlocks.of(README).stream()
                .filter(block ->
                        block.chapter().equals(chapter) && block.language().equals(language))
                .toList();
        assertEquals(1, found.size(), () -> "expected one " + language + " block in the chapter " + chapter);
        return found.getFirst();
    }

    /** What stands in backticks and starts with the new verb and a space. */
    private static String rule(Block java) throws IOException {
        Matcher verb =
                Pattern.compile("String verb\\(\\) \\{\\s*return \"([a-z-]+)\"").matcher(java.text());
        if (!verb.find()) {
            throw new AssertionError("no verb in " + java);
        }
        Matcher rule = Pattern.compile("`(" + verb.group(1) + " [^`]+)`")
                .matcher(ReadmeBlocks.chapter(README, java.chapter()));
        if (!rule.find()) {
            throw new AssertionError("no rule with " + verb.group(1) + " in backticks in " + java.chapter());
        }
        return rule.group(1);
    }
}

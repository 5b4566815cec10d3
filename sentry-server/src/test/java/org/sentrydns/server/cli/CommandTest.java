package org.sentrydns.server.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.sentrydns.server.plugin.JarMaker;

/** Runs the program on arguments; the configurations that it makes have a verb of their own, {@code hush}. */
abstract class CommandTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void makePlugins() throws IOException {
        Path plugins = Files.createDirectory(folder.resolve("plugins"));
        new JarMaker(plugins)
                .manifest("Plugin-Version", "1.2.3")
                .ruleType("Hush", "hush", "")
                .write("hush.jar");
    }

    int run(String... arguments) {
        return CommandLine.run(
                arguments,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    Path config(String rules) throws IOException {
        return Files.writeString(
                folder.resolve("sentry.json"), "{ \"plugins\": \"plugins\",\n  \"rules\": [" + rules + "] }");
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** A configuration with a list, which is the file ads.txt beside it. */
    Path expecting(String expectations) throws IOException {
        return Files.writeString(
                folder.resolve("expecting.json"),
                "{ \"plugins\": \"plugins\",\n  \"rules\": [\"hush @ads\"], \"lists\": {\"ads\": \"ads.txt\"},\n  \"expect\": {"
                        + expectations + "} }");
    }
}

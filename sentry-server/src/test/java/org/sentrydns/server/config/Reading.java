package org.sentrydns.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads configuration texts in tests. */
final class Reading {
    private Reading() {}

    static Config good(Path folder, String json) throws IOException, InvalidConfigException {
        Problems problems = new Problems();
        Config config = ConfigReader.read(file(folder, json), problems);
        config.queryLog().ifPresent(log -> log.checkFile(problems));
        problems.throwIfAny();
        return config;
    }

    /** All mistakes, in the order in which people see them. */
    static List<Problem> mistakes(Path folder, String json) throws IOException {
        try {
            Config config = good(folder, json);
            throw new AssertionError("no mistake was found, this was read: " + config);
        } catch (InvalidConfigException e) {
            return e.problems();
        }
    }

    /** {@code line:column message} of each mistake. */
    static List<String> places(Path folder, String json) throws IOException {
        return mistakes(folder, json).stream()
                .map(p -> p.line() + ":" + p.column() + " " + p.message())
                .toList();
    }

    static List<String> rules(Config config) {
        return config.rules().stream().map(RuleSource::text).toList();
    }

    private static Path file(Path folder, String json) throws IOException {
        return Files.writeString(folder.resolve("sentry.json"), json);
    }
}

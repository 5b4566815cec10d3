package org.sentrydns.server.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What paths in the file are relative to.
 *
 * @param folder the file's own folder; empty for the embedded default
 */
record BaseFolder(Optional<Path> folder) {

    /** Reads the path under a key; an empty one is none. */
    Optional<Path> path(Section section, String key, String expected) {
        String text = section.text(key, "");
        return text.isEmpty()
                ? Optional.empty()
                : section.value(key).flatMap(value -> path(section, value, text, expected));
    }

    Optional<Path> path(Section section, JsonValue value, String text, String expected) {
        try {
            Path path = Path.of(text);
            return Optional.of(folder.map(f -> f.resolve(path)).orElse(path).normalize());
        } catch (InvalidPathException e) {
            section.problem(value, "'" + text + "' is no path: expected " + expected);
            return Optional.empty();
        }
    }
}

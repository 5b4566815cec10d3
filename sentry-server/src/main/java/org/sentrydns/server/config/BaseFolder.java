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
    private static final Path UP = Path.of("..");

    /** Where {@code ..} leads is the file system's to say: the folder may be a link. */
    Path resolve(Path path) {
        Path whole = folder.map(f -> f.resolve(path)).orElse(path);
        for (Path part : path) {
            if (part.equals(UP)) {
                return whole;
            }
        }
        return whole.normalize();
    }

    /** Reads the path under a key; an empty one is none. */
    Optional<Path> path(Section section, String key, String expected) {
        String text = section.text(key, "");
        return text.isEmpty()
                ? Optional.empty()
                : section.value(key).flatMap(value -> path(section, value, text, expected));
    }

    Optional<Path> path(Section section, JsonValue value, String text, String expected) {
        try {
            return Optional.of(resolve(Path.of(text)));
        } catch (InvalidPathException e) {
            section.problem(value, "'" + text + "' is no path: expected " + expected);
            return Optional.empty();
        }
    }
}

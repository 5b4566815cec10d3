package org.sentrydns.server.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where copies of lists are kept when the file does not say. */
final class CopiesFolder {
    private CopiesFolder() {}

    /**
     * Chooses it.
     *
     * @param environment systemd's STATE_DIRECTORY comes first, then XDG_CACHE_HOME
     * @param home the user's own folder
     * @return empty if this process has no place of its own
     */
    static Optional<Path> choose(Map<String, String> environment, @Nullable String home) {
        // systemd separates several folders by colons, the first is the service's own.
        return absolute(environment.getOrDefault("STATE_DIRECTORY", "").split(":", -1)[0])
                .map(state -> state.resolve("lists"))
                .or(() -> absolute(environment.get("XDG_CACHE_HOME"))
                        .or(() -> absolute(home).map(h -> h.resolve(".cache")))
                        .map(cache -> cache.resolve("sentry").resolve("lists")));
    }

    private static Optional<Path> absolute(@Nullable String text) {
        try {
            return Optional.ofNullable(text).map(Path::of).filter(Path::isAbsolute);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}

package org.sentrydns.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CopiesFolderTest {

    @Test
    void choose_underSystemd_takesTheFirstStateFolder() {
        Map<String, String> environment = Map.of("STATE_DIRECTORY", "/var/lib/a:/var/lib/b", "XDG_CACHE_HOME", "/c");
        assertEquals(Optional.of(Path.of("/var/lib/a/lists")), CopiesFolder.choose(environment, "/home/u"));
    }

    @Test
    void choose_withACacheFolder_takesIt() {
        assertEquals(
                Optional.of(Path.of("/c/sentry/lists")),
                CopiesFolder.choose(Map.of("XDG_CACHE_HOME", "/c"), "/home/u"));
    }

    @Test
    void choose_withoutAny_takesTheHomeFolder() {
        assertEquals(
                Optional.of(Path.of("/home/u/.cache/sentry/lists")),
                CopiesFolder.choose(Map.of("XDG_CACHE_HOME", "relative"), "/home/u"));
    }

    @Test
    void choose_withoutAHome_isEmpty() {
        assertEquals(Optional.empty(), CopiesFolder.choose(Map.of(), "?"));
    }
}

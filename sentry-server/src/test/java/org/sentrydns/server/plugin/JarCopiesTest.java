package org.sentrydns.server.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JarCopiesTest {
    @TempDir
    Path folder;

    /** systemd-tmpfiles goes by the times of files. */
    @Test
    void touch_makesAllOfThemYoung() throws Exception {
        Path jar = Files.writeString(folder.resolve("a.jar"), "jar");
        try (JarCopies copies = new JarCopies()) {
            Path copy = copies.of(jar);
            FileTime later = FileTime.from(Instant.parse("2030-01-01T00:00:00Z"));
            copies.touch(later);

            assertEquals(later, Files.getLastModifiedTime(copy));
            assertEquals(later, Files.getLastModifiedTime(Objects.requireNonNull(copy.getParent())));
        }
    }
}

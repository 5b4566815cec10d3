package org.sentrydns.server.edition;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WatchTest {
    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("sentry.json"), "{}");
    }

    private Watch watch() {
        return new Watch(file, Optional.of(folder));
    }

    private boolean changed(Watch watch) {
        return watch.hasChanged(Optional.of(folder));
    }

    @Test
    void files_thatStayAsTheyAre_haveNotChanged() {
        Watch watch = watch();
        assertFalse(changed(watch));
        assertFalse(changed(watch));
    }

    @Test
    void change_countsOnceAndWhenItHasSettled() throws IOException {
        Watch watch = watch();
        Files.writeString(file, "{ \"rules\": ");
        assertFalse(changed(watch));
        Files.writeString(file, "{ \"rules\": [] }");
        assertFalse(changed(watch));
        assertTrue(changed(watch));
        assertFalse(changed(watch));
    }

    @ParameterizedTest
    @ValueSource(strings = {"greet.jar", "greet.zip"})
    void plugin_thatComesOrGoes_isAChange(String name) throws IOException {
        Watch watch = watch();
        Files.writeString(folder.resolve(name), "jar");
        changed(watch);
        assertTrue(changed(watch));
        Files.delete(folder.resolve(name));
        changed(watch);
        assertTrue(changed(watch));
    }

    @Test
    void file_thatIsGone_isAChange_andNoFailure() throws IOException {
        Watch watch = watch();
        Files.delete(file);
        changed(watch);
        assertTrue(changed(watch));
    }
}

package org.sentrydns.server.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A jar may name a class of PF4J's for its life. */
final class PluginClassTest {
    @TempDir
    Path temp;

    private JarMaker jar(String base, String constructor) throws Exception {
        return new JarMaker(Files.createDirectory(temp.resolve("plugins")))
                .manifest("Plugin-Id", "life")
                .ruleType("Shout", "shout", "")
                .source(
                        "Life",
                        "public class Life " + base + " { public Life(" + constructor
                                + " @Override public String toString() { return \"life\"; } }");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Gone | ) {}                                                 | the Plugin-Class Gone cannot be made (java.lang.ClassNotFoundException: Gone)",
                "Life | ) { throw new IllegalStateException(\"boom\"); }     | the Plugin-Class Life cannot be made (java.lang.IllegalStateException: boom)",
                "Life | String s) {}                                         | the Plugin-Class Life cannot be made (java.lang.NoSuchMethodException"
            })
    void load_jarWhoseClassCannotBeMade_isRefusedWithTheReason(String name, String constructor, String reason)
            throws Exception {
        Path jar = jar("extends org.pf4j.Plugin", constructor)
                .manifest("Plugin-Class", name)
                .write("life.jar");
        assertRefused(jar, reason);
    }

    @Test
    void load_jarWhoseClassIsNoPlugin_isRefusedWithTheReason() throws Exception {
        Path jar = jar("", ") {}").manifest("Plugin-Class", "Life").write("life.jar");
        assertRefused(jar, "the Plugin-Class Life is no org.pf4j.Plugin");
    }

    @Test
    void load_jarWithItsOwnClass_isStarted() throws Exception {
        Path jar = jar("extends org.pf4j.Plugin", ") {}")
                .manifest("Plugin-Class", "Life")
                .write("life.jar");
        try (PluginHost host = PluginHost.load(List.of(folder(jar)))) {
            assertEquals(Set.of("shout"), host.types().keySet());
        }
    }

    private static Path folder(Path jar) {
        return jar.toAbsolutePath().normalize().resolveSibling("");
    }

    private static void assertRefused(Path jar, String reason) {
        PluginException e = assertThrows(
                PluginException.class,
                () -> PluginHost.load(List.of(folder(jar))).close());
        String message = String.valueOf(e.getMessage());
        assertTrue(message.startsWith("plugin " + jar + " "), message);
        assertTrue(message.contains(reason), message);
    }
}

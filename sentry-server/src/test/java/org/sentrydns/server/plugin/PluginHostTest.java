package org.sentrydns.server.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sentrydns.api.RuleText;

/** Jars as strangers bring them, good ones and bad ones. */
final class PluginHostTest {
    @TempDir
    Path temp;

    private Path folder = Path.of("");

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(temp.resolve("plugins"));
    }

    private JarMaker jar() {
        return new JarMaker(folder);
    }

    private void assertRefused(Path jar, String reason) {
        PluginException e = assertThrows(
                PluginException.class, () -> PluginHost.load(List.of(folder)).close());
        String message = String.valueOf(e.getMessage());
        assertTrue(message.startsWith("plugin " + jar + " "), message);
        assertTrue(message.contains(reason), message);
        assertEquals(1, message.lines().count(), message);
    }

    @Test
    void load_goodJar_bringsItsVerb() throws Exception {
        Path jar = jar().manifest("Plugin-Id", "good")
                .manifest("Plugin-Version", "2.1.0")
                .manifest("Plugin-Requires", ">=1.0.0")
                .ruleType("Shout", "shout", "")
                .write("shout.jar");
        try (PluginHost host = PluginHost.load(List.of(folder))) {
            Verb verb = host.verbs().get("shout");
            assertNotNull(verb);
            assertEquals(jar, verb.jar());
            assertEquals("2.1.0", verb.version());
            assertEquals("shout S", verb.type().syntax());
            assertEquals(Set.of("shout"), host.types().keySet());
            assertNotNull(verb.type().compile(new RuleText("shout ^a", "^a", 0, 8, 8, false)));
        }
    }

    @Test
    void load_jarWithoutAnyManifestEntry_isNamedByItsFile() throws Exception {
        jar().ruleType("One", "one", "").ruleType("Two", "two", "").write("plain.jar");
        Files.writeString(folder.resolve("readme.txt"), "no jar");
        try (PluginHost host = PluginHost.load(List.of(folder))) {
            assertEquals(Set.of("one", "two"), host.verbs().keySet());
            assertEquals(
                    "0.0.0",
                    host.types().isEmpty()
                            ? ""
                            : host.verbs().values().iterator().next().version());
        }
    }

    /** Some who build on Windows name them so. */
    @Test
    void load_jarWithItsEndingInCapitals_bringsItsVerb() throws Exception {
        jar().ruleType("Loud", "loud", "").write("LOUD.JAR");
        try (PluginHost host = PluginHost.load(List.of(folder))) {
            assertEquals(Set.of("loud"), host.verbs().keySet());
        }
    }

    @Test
    void load_jarThatBundlesTheApi_stillWorks() throws Exception {
        jar().ruleType("Fat", "fat", "").bundlingTheApi().write("fat.jar");
        try (PluginHost host = PluginHost.load(List.of(folder))) {
            assertEquals(Set.of("fat"), host.types().keySet());
        }
    }

    @Test
    void load_slf4jAndDnsjava_areTheServers() throws Exception {
        jar().ruleType(
                        "Logging",
                        "logging",
                        "org.slf4j.LoggerFactory.getLogger(\"x\").debug(\"made\");"
                                + " org.xbill.DNS.Name.fromString(\"a.\");")
                .write("logging.jar");
        try (PluginHost host = PluginHost.load(List.of(folder))) {
            assertEquals(Set.of("logging"), host.types().keySet());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.sentrydns.server.Main",
                "com.fasterxml.jackson.core.JsonParser",
                "com.beust.jcommander.JCommander",
                "ch.qos.logback.classic.Logger"
            })
    void load_jarThatWantsAServersClass_isRefused(String hidden) throws Exception {
        Path jar = jar().ruleType("Spy", "spy", "Class.forName(\"" + hidden + "\");")
                .write("spy.jar");
        assertRefused(jar, "has a rule type that cannot be made: ");
        assertRefused(jar, "java.lang.ClassNotFoundException: " + hidden);
    }

    /** PF4J knows such a file; whoever wants a plugin away takes it out of the folder. */
    @Test
    void load_pluginInAFileOfDisabledOnes_isLoaded() throws Exception {
        Path jar = jar().ruleType("Hush", "hush", "").write("hush.jar");
        Files.writeString(folder.resolve("disabled.txt"), "hush\nhush.jar\n");
        try (PluginHost host = PluginHost.load(List.of(jar.getParent()))) {
            assertTrue(host.verbs().containsKey("hush"));
        }
    }

    @Test
    void load_garbage_isRefused() throws Exception {
        Path jar = Files.write(folder.resolve("bad.jar"), new byte[] {1, 2, 3, 4});
        assertRefused(jar, "is not a jar that can be read: ");
    }

    @Test
    void load_emptyFile_isRefused() throws Exception {
        assertRefused(Files.createFile(folder.resolve("empty.jar")), "is not a jar that can be read: ");
    }

    @Test
    void load_jarWithoutRuleType_isRefused() throws Exception {
        assertRefused(
                jar().write("none.jar"),
                "has no rule type: expected META-INF/services/org.sentrydns.api.RuleType to name one");
    }

    @Test
    void load_serviceThatIsMissing_isRefused() throws Exception {
        Path jar = jar().service("org.example.Missing").write("missing.jar");
        assertRefused(jar, "has a rule type that cannot be made: ");
    }

    @Test
    void load_serviceThatIsNoRuleType_isRefused() throws Exception {
        Path jar = jar().source("Other", "public final class Other {}")
                .service("Other")
                .write("other.jar");
        assertRefused(jar, "has a rule type that cannot be made: ");
    }

    @Test
    void load_constructorThatThrows_isRefusedWithItsReason() throws Exception {
        Path jar = jar().ruleType("Bad", "bad", "if (true) throw new IllegalStateException(\"no luck\");")
                .write("bad.jar");
        assertRefused(jar, "no luck");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            public String syntax() { throw new IllegalStateException("no luck"); } | java.lang.IllegalStateException: no luck
            public String syntax() { return null; }                               | it has no syntax
            public boolean timed() { throw new IllegalStateException("no luck"); } | java.lang.IllegalStateException: no luck
            public boolean alwaysDecides() { throw new LinkageError("no luck"); }  | java.lang.LinkageError: no luck
            public boolean blocks() { throw new LinkageError("no luck"); }         | java.lang.LinkageError: no luck
            """)
    void load_verbThatCannotSayWhatItIs_isRefused(String method, String reason) throws Exception {
        String syntax = method.contains("syntax") ? "" : "public String syntax() { return \"odd S\"; }";
        Path jar = jar().source("Odd", """
                        import org.sentrydns.api.*;
                        public final class Odd implements RuleType {
                            public String verb() { return "odd"; }
                            %s
                            %s
                            public Rule compile(RuleText text) { return query -> Outcome.pass(); }
                        }
                        """.formatted(syntax, method))
                .service("Odd")
                .write("odd.jar");
        assertRefused(jar, "has a verb 'odd' that fails: ");
        assertRefused(jar, reason);
    }

    @Test
    void load_staticInitialiserThatThrows_isRefusedWithItsReason() throws Exception {
        Path jar = jar().source("Late", "public final class Late { static final int N = Integer.parseInt(\"many\"); }")
                .ruleType("Bad", "bad", "if (Late.N == 0) throw new AssertionError();")
                .write("bad.jar");
        assertRefused(jar, "(java.lang.NumberFormatException: For input string: \"many\")");
    }

    @Test
    void load_propertiesWithABrokenEscape_areRefused() throws Exception {
        Path zip = folder.resolve("odd.zip");
        try (var out = new java.util.zip.ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new java.util.zip.ZipEntry("plugin.properties"));
            out.write("plugin.id=caf\\uzz\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        assertRefused(zip, "has a plugin.properties that cannot be read: Malformed \\uxxxx encoding.");
    }

    @ParameterizedTest
    @CsvSource({"Shout", "9lives", "two words", "-dash", "''", "bl\\u00f6ck"})
    void load_verbThatCannotBeWritten_isRefused(String verb) throws Exception {
        Path jar = jar().ruleType("Odd", verb, "").write("odd.jar");
        assertRefused(jar, "expected lower-case letters, digits and hyphens");
    }

    @Test
    void load_verbOfTwoJars_isRefused() throws Exception {
        Path first = jar().ruleType("A", "same", "").write("a.jar");
        Path second = jar().ruleType("B", "same", "").write("b.jar");
        assertRefused(second, "and plugin " + first + " both bring the verb 'same': expected one of them only");
    }

    @Test
    void load_verbTwiceInOneJar_isRefused() throws Exception {
        Path jar = jar().ruleType("A", "same", "").ruleType("B", "same", "").write("a.jar");
        assertRefused(jar, "both bring the verb 'same'");
    }

    @Test
    void load_idOfTwoJars_isRefused() throws Exception {
        Path first = jar().manifest("Plugin-Id", "twin").ruleType("A", "a", "").write("a.jar");
        Path second = jar().manifest("Plugin-Id", "twin").ruleType("B", "b", "").write("b.jar");
        assertRefused(second, "has the same Plugin-Id 'twin' as " + first);
    }

    @ParameterizedTest
    @CsvSource({">=99", ">=1.3.0", "<1.0.0", "2.0.0"})
    void load_jarForAnotherApi_isRefused(String requires) throws Exception {
        Path jar = jar().manifest("Plugin-Requires", requires)
                .ruleType("A", "a", "")
                .write("a.jar");
        assertRefused(jar, "needs sentry-api ");
    }

    @Test
    void load_requirementThatIsNone_isRefused() throws Exception {
        Path jar = jar().manifest("Plugin-Requires", "the newest")
                .ruleType("A", "a", "")
                .write("a.jar");
        assertRefused(jar, "");
    }

    @Test
    void load_sameIdInTwoFolders_takesTheFirst() throws Exception {
        Path other = Files.createDirectory(temp.resolve("other"));
        Path mine =
                jar().manifest("Plugin-Id", "twin").ruleType("A", "mine", "").write("a.jar");
        new JarMaker(other)
                .manifest("Plugin-Id", "twin")
                .ruleType("B", "theirs", "")
                .write("b.jar");
        new JarMaker(other).ruleType("C", "more", "").write("c.jar");
        try (PluginHost host = PluginHost.load(List.of(folder, other))) {
            assertEquals(Set.of("mine", "more"), host.verbs().keySet());
            Verb verb = host.verbs().get("mine");
            assertNotNull(verb);
            assertEquals(mine, verb.jar());
        }
    }

    @Test
    void load_missingFolder_isNamed() {
        Path missing = temp.resolve("missing");
        IOException e = assertThrows(
                IOException.class, () -> PluginHost.load(List.of(missing)).close());
        assertEquals("the plugins folder " + missing + " does not exist", e.getMessage());
    }
}

package org.sentrydns.server.plugin;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.RuleText;
import org.sentrydns.api.RuleType;

/** Plugins come and go in one process. */
final class LoaderLifeTest {
    private static final int ROUNDS = 1000;

    @TempDir
    Path temp;

    private Path folder = Path.of("");

    @BeforeEach
    void makeFolder() throws Exception {
        folder = Files.createDirectory(temp.resolve("plugins"));
    }

    private static RuleType type(PluginHost host, String verb) {
        return Objects.requireNonNull(host.types().get(verb));
    }

    @Test
    void load_andCloseAThousandTimes_leavesNoClassLoader() throws Exception {
        new JarMaker(folder).ruleType("Shout", "shout", "").write("shout.jar");
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            try (PluginHost host = PluginHost.load(List.of(folder))) {
                host.start(id -> new RunningContext(id, LoaderLifeTest::none, (p, n) -> new LongAdder()), (p, e) -> {});
                RuleType type = type(host, "shout");
                type.compile(new RuleText("shout ^a", "^a", 0, 8, 8, false));
                loaders.add(new WeakReference<>(type.getClass().getClassLoader()));
            }
        }
        await().untilAsserted(() -> {
            System.gc();
            assertEquals(0, loaders.stream().filter(l -> l.get() != null).count());
        });
    }

    private static <R extends Record> R none(String id, Class<R> type) {
        throw new AssertionError("nobody asks for settings");
    }

    @Test
    void load_twice_bothWorkWhileTheFileIsReplacedAndRemoved() throws Exception {
        Path jar = new JarMaker(folder).ruleType("A", "first", "").write("a.jar");
        try (PluginHost before = PluginHost.load(List.of(folder))) {
            Files.delete(jar);
            new JarMaker(folder).ruleType("A", "second", "").write("a.jar");
            try (PluginHost after = PluginHost.load(List.of(folder))) {
                Files.delete(jar);
                assertEquals(Set.of("first"), before.types().keySet());
                assertEquals(Set.of("second"), after.types().keySet());
                type(before, "first").compile(new RuleText("first ^a", "^a", 0, 8, 8, false));
                type(after, "second").compile(new RuleText("second ^a", "^a", 0, 9, 9, false));
            }
        }
    }

    @Test
    void start_withWrongSettings_isAMistakeOfTheSettingsAndNotOfItsLines() throws Exception {
        new JarMaker(folder).source("Picky", """
                        import org.sentrydns.api.*;
                        public final class Picky implements RuleType {
                            public String verb() { return "picky"; }
                            public String syntax() { return "picky S"; }
                            public void start(PluginContext context) throws SettingsException {
                                throw new SettingsException("port", "expected another");
                            }
                            public Rule compile(RuleText text) { throw new IllegalStateException("no settings"); }
                        }
                        """).service("Picky").write("picky.jar");
        List<String> mistakes = new ArrayList<>();
        try (PluginHost host = PluginHost.load(List.of(folder))) {
            host.start(
                    id -> new RunningContext(id, LoaderLifeTest::none, (p, n) -> new LongAdder()),
                    (id, e) -> mistakes.add(id + ": " + e.getMessage()));
            var rule = type(host, "picky").compile(new RuleText("picky ^", "^", 0, 7, 7, false));
            assertEquals(Outcome.pass(), rule.apply(new NoQuery()));
        }
        assertEquals(List.of("picky: expected another"), mistakes);
    }

    @Test
    void notIn_namesWhatIsNewOrAnother() throws Exception {
        Path jar = new JarMaker(folder).ruleType("A", "first", "").write("a.jar");
        new JarMaker(folder).ruleType("B", "second", "").write("b.jar");
        try (PluginHost before = PluginHost.load(List.of(folder))) {
            Files.setLastModifiedTime(jar, FileTime.fromMillis(1_000));
            new JarMaker(folder).ruleType("C", "third", "").write("c.jar");
            try (PluginHost after = PluginHost.load(List.of(folder))) {
                assertEquals(List.of("a", "c"), after.notIn(before));
                assertEquals(List.of(), before.notIn(before));
            }
        }
    }

    @Test
    void close_typeThatIsCloseable_isClosedIfItWasStarted() throws Exception {
        String property = "sentry.test.closed";
        new JarMaker(folder).source("Held", """
                        import org.sentrydns.api.*;
                        public final class Held implements RuleType, AutoCloseable {
                            public String verb() { return "held"; }
                            public String syntax() { return "held S"; }
                            public Rule compile(RuleText text) { return query -> Outcome.pass(); }
                            public void close() { System.setProperty("sentry.test.closed", "yes"); }
                        }
                        """).service("Held").write("held.jar");
        try {
            PluginHost.load(List.of(folder)).close();
            assertNull(System.getProperty(property));
            try (PluginHost host = PluginHost.load(List.of(folder))) {
                host.start(id -> new RunningContext(id, LoaderLifeTest::none, (p, n) -> new LongAdder()), (p, e) -> {});
            }
            assertEquals("yes", System.getProperty(property));
        } finally {
            System.clearProperty(property);
        }
    }

    @Test
    void load_zipWithALibrary_findsItsClasses() throws Exception {
        Path library = new JarMaker(temp)
                .source("Words", "public final class Words { public static String hello() { return \"hello\"; } }")
                .write("words.jar");
        Path classes = new JarMaker(temp)
                .source("Words", "public final class Words { public static String hello() { return \"hello\"; } }")
                .ruleType("Zipped", "zipped", "if (!Words.hello().equals(\"hello\")) throw new AssertionError();")
                .write("zipped.jar");
        Path zip = folder.resolve("zipped-1.zip");
        try (var out = new JarOutputStream(Files.newOutputStream(zip));
                var jar = new java.util.jar.JarFile(classes.toFile())) {
            for (JarEntry entry : jar.stream().toList()) {
                if (!entry.getName().equals("Words.class") && !entry.isDirectory()) {
                    out.putNextEntry(new JarEntry("classes/" + entry.getName()));
                    jar.getInputStream(entry).transferTo(out);
                }
            }
            out.putNextEntry(new JarEntry("lib/words.jar"));
            Files.copy(library, out);
            out.putNextEntry(new JarEntry("plugin.properties"));
            out.write("plugin.id=zipped\nplugin.version=3.2.1\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        try (PluginHost host = PluginHost.load(List.of(folder))) {
            Verb verb = Objects.requireNonNull(host.verbs().get("zipped"));
            assertEquals("3.2.1", verb.version());
            assertEquals(zip, verb.jar());
            assertEquals(Set.of("zipped"), host.ids());
        }
    }

    @Test
    void load_zipThatLeadsOut_isRefused() throws Exception {
        Path zip = folder.resolve("evil.zip");
        try (var out = new JarOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new JarEntry("../../evil.txt"));
            out.write(1);
        }
        PluginException e = org.junit.jupiter.api.Assertions.assertThrows(
                PluginException.class, () -> PluginHost.load(List.of(folder)).close());
        assertTrue(String.valueOf(e.getMessage()).contains("leads out of it"), e.getMessage());
        assertFalse(Files.exists(temp.resolve("evil.txt")));
    }

    @Test
    void outcomes_ofAPlugin_areTheServers() throws Exception {
        new JarMaker(folder)
                .source("Passing", """
                        import org.sentrydns.api.*;
                        public final class Passing implements RuleType {
                            public String verb() { return "passing"; }
                            public String syntax() { return "passing S"; }
                            public Rule compile(RuleText text) { return query -> Outcome.passOver("block"); }
                        }
                        """)
                .service("Passing")
                .bundlingTheApi()
                .write("passing.jar");
        try (PluginHost host = PluginHost.load(List.of(folder))) {
            var rule = type(host, "passing").compile(new RuleText("passing ^", "^", 0, 9, 9, false));
            assertEquals(Outcome.passOver("block"), rule.apply(new NoQuery()));
        }
    }
}

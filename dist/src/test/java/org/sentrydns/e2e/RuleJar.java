package org.sentrydns.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A stranger's rule jar: one class, compiled with nothing but sentry-api and dnsjava. */
final class RuleJar {
    private static final String SERVICE = "META-INF/services/org.sentrydns.api.RuleType";
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([a-z.]+);");
    private static final Pattern CLASS = Pattern.compile("(?m)^public final class (\\w+) implements RuleType");

    private RuleJar() {}

    /** Compiles the source and packs it with its services file, and with a manifest if it has entries. */
    static Path build(Path jar, String source, Map<String, String> manifest) throws IOException {
        Path work = Files.createTempDirectory("rule-jar");
        String name = className(source);
        Path classes = compile(work, name, source);
        Files.createDirectories(classes.resolve(SERVICE).getParent());
        Files.writeString(classes.resolve(SERVICE), name + "\n");
        pack(classes, jar, manifest);
        deleteAll(work);
        return jar;
    }

    /** The class in a source, with its package. */
    static String className(String source) {
        Matcher type = CLASS.matcher(source);
        Matcher room = PACKAGE.matcher(source);
        if (!type.find() || !room.find()) {
            throw new AssertionError("expected a package and a public final class that implements RuleType: " + source);
        }
        return room.group(1) + "." + type.group(1);
    }

    private static Path compile(Path work, String name, String source) throws IOException {
        Path file = work.resolve("src").resolve(name.replace('.', '/') + ".java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, source);
        Path classes = Files.createDirectories(work.resolve("classes"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter errors = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<String> options = List.of("--release", "21", "-cp", classPath(), "-d", classes.toString());
            boolean fine = compiler.getTask(errors, files, null, options, null, files.getJavaFileObjects(file))
                    .call();
            assertTrue(fine, errors::toString);
        }
        return classes;
    }

    private static String classPath() throws IOException {
        try (Stream<Path> jars = Files.list(RunningSentry.HOME.resolve("lib"))) {
            List<String> found = jars.map(Path::toString)
                    .filter(jar -> jar.matches(".*/(sentry-api|dnsjava)-[0-9][^/]*\\.jar"))
                    .toList();
            assertTrue(found.size() == 2, () -> "expected sentry-api and dnsjava, found " + found);
            return String.join(":", found);
        }
    }

    private static void pack(Path classes, Path jar, Map<String, String> entries) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream packed =
                        entries.isEmpty() ? new JarOutputStream(out) : new JarOutputStream(out, manifest(entries));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                packed.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, packed);
                packed.closeEntry();
            }
        }
    }

    private static Manifest manifest(Map<String, String> entries) {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        entries.forEach((name, value) -> manifest.getMainAttributes().putValue(name, value));
        return manifest;
    }

    /** A copy of the distribution that a test may change. */
    static Path copyOfDistribution(Path target) throws IOException {
        try (Stream<Path> files = Files.walk(RunningSentry.HOME)) {
            for (Path file : files.toList()) {
                Files.copy(
                        file, target.resolve(RunningSentry.HOME.relativize(file).toString()));
            }
        }
        return target;
    }

    private static void deleteAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}

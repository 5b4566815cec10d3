package org.sentrydns.server.plugin;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.pf4j.Plugin;
import org.sentrydns.api.RuleType;
import org.slf4j.Logger;
import org.xbill.DNS.Name;

/** Builds plugin jars as a stranger would: against the API, dnsjava and slf4j alone. */
public final class JarMaker {
    private final Path folder;
    private final Map<String, String> manifest = new java.util.TreeMap<>();
    private final List<String> services = new ArrayList<>();
    private final List<JavaFileObject> sources = new ArrayList<>();
    private boolean bundlesApi;

    public JarMaker(Path folder) {
        this.folder = folder;
    }

    public JarMaker manifest(String key, String value) {
        manifest.put(key, value);
        return this;
    }

    /** Adds a rule type whose class does more when it is made. */
    public JarMaker ruleType(String className, String verb, String constructor) {
        services.add(className);
        return source(className, """
                import org.sentrydns.api.*;
                public final class %s implements RuleType {
                    public %s() throws Exception { %s }
                    public String verb() { return "%s"; }
                    public String syntax() { return "%s S"; }
                    public boolean blocks() { return verb().equals("block"); }
                    public Rule compile(RuleText text) throws RuleSyntaxException {
                        text.end();
                        return query -> Outcome.answer(Reply.empty());
                    }
                }
                """.formatted(className, className, constructor, verb, verb));
    }

    /** Adds a rule type whose rules ask an upstream on this machine. */
    public JarMaker forwarding(String className, String verb, int port) {
        services.add(className);
        return source(className, """
                import org.sentrydns.api.*;
                public final class %s implements RuleType {
                    public String verb() { return "%s"; }
                    public String syntax() { return "%s S"; }
                    public Rule compile(RuleText text) {
                        Upstream upstream = Upstream.parse("127.0.0.1:%d");
                        return query -> Outcome.forward(java.util.List.of(upstream), new Policy.Race());
                    }
                }
                """.formatted(className, verb, verb, port));
    }

    public JarMaker source(String className, String code) {
        sources.add(
                new SimpleJavaFileObject(URI.create("string:///" + className + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return code;
                    }
                });
        return this;
    }

    public JarMaker service(String line) {
        services.add(line);
        return this;
    }

    public JarMaker bundlingTheApi() {
        bundlesApi = true;
        return this;
    }

    /** Writes the jar into the folder. */
    public Path write(String name) throws IOException {
        Path classes = Files.createTempDirectory(folder.getParent(), "classes");
        compile(classes);
        Path jar = folder.resolve(name);
        Manifest written = new Manifest();
        written.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.forEach((key, value) -> written.getMainAttributes().putValue(key, value));
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, written)) {
            addAll(classes, entries);
            if (bundlesApi) {
                addApi(entries);
            }
            if (!services.isEmpty()) {
                entries.putNextEntry(new JarEntry("META-INF/services/" + RuleType.class.getName()));
                entries.write(String.join("\n", services).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    private void compile(Path classes) throws IOException {
        if (sources.isEmpty()) {
            return;
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        String classPath = Stream.of(RuleType.class, Name.class, Logger.class, Plugin.class)
                .map(type -> place(type).toString())
                .collect(Collectors.joining(System.getProperty("path.separator")));
        StringWriter messages = new StringWriter();
        boolean good = compiler.getTask(
                        messages,
                        null,
                        null,
                        List.of("-proc:none", "-classpath", classPath, "-d", classes.toString(), "--release", "21"),
                        null,
                        sources)
                .call();
        if (!good) {
            throw new IOException("a test's plugin does not compile: " + messages);
        }
    }

    private static void addAll(Path root, JarOutputStream entries) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                entries.putNextEntry(new JarEntry(root.relativize(file).toString()));
                Files.copy(file, entries);
            }
        }
    }

    private static void addApi(JarOutputStream entries) throws IOException {
        Path api = place(RuleType.class);
        if (Files.isDirectory(api)) {
            addAll(api, entries);
            return;
        }
        try (var jar = new java.util.jar.JarFile(api.toFile())) {
            for (JarEntry entry : jar.stream()
                    .filter(e -> e.getName().startsWith("org/sentrydns/")
                            && e.getName().endsWith(".class"))
                    .toList()) {
                entries.putNextEntry(new JarEntry(entry.getName()));
                jar.getInputStream(entry).transferTo(entries);
            }
        }
    }

    private static Path place(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}

package org.sentrydns.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.ServiceLoader;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.sentrydns.api.RuleType;

/** Makes jars of the plugins that a test has on its class path, where they may still be folders of classes. */
final class ClassPathPlugins {
    private static final String SERVICE = "META-INF/services/" + RuleType.class.getName();

    private ClassPathPlugins() {}

    static void copyTo(Path folder) throws IOException {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        for (URL service : Collections.list(loader.getResources(SERVICE))) {
            String address = service.toString();
            if (address.startsWith("jar:")) {
                Path jar = Path.of(URI.create(address.substring("jar:".length(), address.indexOf("!/"))));
                Files.copy(jar, folder.resolve(jar.getFileName()));
            } else {
                Path classes = Path.of(URI.create(address.substring(0, address.length() - SERVICE.length())));
                pack(classes, folder.resolve(verb(classes, loader) + ".jar"));
            }
        }
    }

    /** The verb of the classes, which the server will take as the plugin's id. */
    private static String verb(Path classes, ClassLoader loader) throws IOException {
        List<String> names = Files.readAllLines(classes.resolve(SERVICE)).stream()
                .map(line -> line.replaceAll("#.*", "").strip())
                .toList();
        return ServiceLoader.load(RuleType.class, loader).stream()
                .filter(provider -> names.contains(provider.type().getName()))
                .map(provider -> provider.get().verb())
                .findFirst()
                .orElse("plugin");
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                entries.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, entries);
                entries.closeEntry();
            }
        }
    }
}

package org.sentrydns.server.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.function.UnaryOperator;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;
import org.pf4j.DefaultPluginDescriptor;
import org.pf4j.Plugin;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginRuntimeException;
import org.sentrydns.api.ApiVersion;

/**
 * Reads PF4J's entries of a jar's manifest, or of an unpacked zip's plugin.properties or manifest. All may be missing: the id
 * is then the file's name, so that any jar with a rule type can be dropped in. Reads each once, as nobody changes the copies
 * that are loaded. Confined to one thread.
 */
final class DescriptorFinder implements PluginDescriptorFinder {
    private final Map<Path, PluginDescriptor> read = new HashMap<>();

    @Override
    public boolean isApplicable(Path path) {
        return Files.exists(path);
    }

    @Override
    public PluginDescriptor find(Path path) {
        return read.computeIfAbsent(path, DescriptorFinder::read);
    }

    private static PluginDescriptor read(Path path) {
        try {
            String name = path.getFileName().toString();
            return Files.isDirectory(path)
                    ? describe(name, folder(path))
                    : describe(name.substring(0, name.lastIndexOf('.')), jar(path)::getValue);
        } catch (IOException e) {
            throw new PluginRuntimeException(e, "is not a jar that can be read: {}", e.getMessage());
        }
    }

    private static Attributes jar(Path path) throws IOException {
        try (JarFile jar = new JarFile(path.toFile())) {
            Manifest manifest = jar.getManifest();
            return manifest == null ? new Attributes() : manifest.getMainAttributes();
        }
    }

    /** {@code Plugin-Id} of a manifest is {@code plugin.id} in PF4J's other file. */
    private static UnaryOperator<@Nullable String> folder(Path path) throws IOException {
        Path properties = path.resolve("plugin.properties");
        if (Files.exists(properties)) {
            Properties read = new Properties();
            try (Reader reader = Files.newBufferedReader(properties)) {
                read.load(reader);
            } catch (IllegalArgumentException e) {
                throw new PluginRuntimeException(e, "has a plugin.properties that cannot be read: {}", e.getMessage());
            }
            return key -> read.getProperty(String.valueOf(key).replace('-', '.').toLowerCase(java.util.Locale.ROOT));
        }
        for (String manifest : new String[] {"META-INF/MANIFEST.MF", "classes/META-INF/MANIFEST.MF"}) {
            if (Files.exists(path.resolve(manifest))) {
                try (InputStream in = Files.newInputStream(path.resolve(manifest))) {
                    return new Manifest(in).getMainAttributes()::getValue;
                }
            }
        }
        return key -> null;
    }

    private static PluginDescriptor describe(String name, UnaryOperator<@Nullable String> entries) {
        if (!value(entries, "Plugin-Dependencies", "").isEmpty()) {
            throw new PluginRuntimeException(
                    "depends on other plugins (Plugin-Dependencies), which it cannot here: expected what it needs inside"
                            + " the jar, or in lib/ of a zip");
        }
        String requires = value(entries, "Plugin-Requires", "*");
        if (!isRange(requires)) {
            throw new PluginRuntimeException("has the Plugin-Requires '" + requires
                    + "': expected versions of sentry-api, such as >=1.0.0 & <2.0.0");
        }
        return new DefaultPluginDescriptor(
                value(entries, "Plugin-Id", name),
                value(entries, "Plugin-Description", ""),
                value(entries, "Plugin-Class", Plugin.class.getName()),
                value(entries, "Plugin-Version", value(entries, "Implementation-Version", "0.0.0")),
                requires,
                value(entries, "Plugin-Provider", ""),
                value(entries, "Plugin-License", ""));
    }

    private static boolean isRange(String versions) {
        try {
            ApiRanges.INSTANCE.checkVersionConstraint(ApiVersion.current(), versions);
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static String value(UnaryOperator<@Nullable String> entries, String name, String otherwise) {
        String value = entries.apply(name);
        return value == null || value.isBlank() ? otherwise : value.strip();
    }
}

package org.sentrydns.server.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;
import org.pf4j.DefaultPluginDescriptor;
import org.pf4j.Plugin;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginRuntimeException;

/**
 * Reads PF4J's entries of a jar's manifest. All may be missing: the id is then the file's name, so that any jar with a
 * rule type can be dropped in.
 */
final class JarDescriptorFinder implements PluginDescriptorFinder {

    @Override
    public boolean isApplicable(Path path) {
        return Files.isRegularFile(path) && path.toString().endsWith(".jar");
    }

    @Override
    public PluginDescriptor find(Path path) {
        try (JarFile jar = new JarFile(path.toFile())) {
            Manifest manifest = jar.getManifest();
            return describe(path, manifest == null ? new Attributes() : manifest.getMainAttributes());
        } catch (IOException e) {
            throw new PluginRuntimeException(e, "is not a jar that can be read: {}", e.getMessage());
        }
    }

    private static PluginDescriptor describe(Path path, Attributes attributes) {
        String file = path.getFileName().toString();
        String id = value(attributes, "Plugin-Id", file.substring(0, file.length() - ".jar".length()));
        String version = value(attributes, "Plugin-Version", value(attributes, "Implementation-Version", "0.0.0"));
        return new DefaultPluginDescriptor(
                id,
                value(attributes, "Plugin-Description", ""),
                value(attributes, "Plugin-Class", Plugin.class.getName()),
                version,
                value(attributes, "Plugin-Requires", "*"),
                value(attributes, "Plugin-Provider", ""),
                value(attributes, "Plugin-License", ""));
    }

    private static String value(Attributes attributes, String name, String otherwise) {
        @Nullable String value = attributes.getValue(name);
        return value == null || value.isBlank() ? otherwise : value.strip();
    }
}

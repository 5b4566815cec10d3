package org.sentrydns.server.plugin;

import java.nio.file.Path;
import java.util.List;
import org.pf4j.ClassLoadingStrategy;
import org.pf4j.DefaultPluginManager;
import org.pf4j.JarPluginLoader;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginLoader;
import org.pf4j.PluginManager;

/** PF4J, with jars only and class loaders that hide the server. Not thread-safe. */
final class SentryPluginManager extends DefaultPluginManager {

    /** The version of {@code sentry-api} that {@code Plugin-Requires} is held against. */
    static final String API_VERSION = "1.0.0";

    SentryPluginManager(Path folder) {
        super(List.of(folder));
        setSystemVersion(API_VERSION);
    }

    @Override
    protected PluginDescriptorFinder createPluginDescriptorFinder() {
        return new JarDescriptorFinder();
    }

    @Override
    protected PluginLoader createPluginLoader() {
        return new ApiPluginLoader(this);
    }

    private static final class ApiPluginLoader extends JarPluginLoader {
        private final ClassLoader parent = new ApiClassLoader(SentryPluginManager.class.getClassLoader());

        ApiPluginLoader(PluginManager manager) {
            super(manager);
        }

        @Override
        public ClassLoader loadPlugin(Path jar, PluginDescriptor descriptor) {
            PluginClassLoader loader =
                    new PluginClassLoader(pluginManager, descriptor, parent, ClassLoadingStrategy.APD);
            loader.addFile(jar.toFile());
            return loader;
        }
    }
}

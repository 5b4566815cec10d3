package org.sentrydns.server.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.List;
import org.pf4j.ClassLoadingStrategy;
import org.pf4j.CompoundPluginRepository;
import org.pf4j.DefaultPluginManager;
import org.pf4j.Plugin;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginFactory;
import org.pf4j.PluginLoader;
import org.pf4j.PluginRepository;
import org.pf4j.PluginRuntimeException;
import org.pf4j.PluginStatusProvider;
import org.pf4j.PluginWrapper;
import org.pf4j.VersionManager;
import org.sentrydns.api.ApiVersion;

/** PF4J, with class loaders that hide the server. Not thread-safe. */
final class SentryPluginManager extends DefaultPluginManager {

    SentryPluginManager(Path folder) {
        super(List.of(folder));
        setSystemVersion(ApiVersion.current());
    }

    @Override
    protected PluginDescriptorFinder createPluginDescriptorFinder() {
        return new DescriptorFinder();
    }

    @Override
    protected VersionManager createVersionManager() {
        return ApiRanges.INSTANCE;
    }

    /** Finds nothing: each plugin is loaded by its path. */
    @Override
    protected PluginRepository createPluginRepository() {
        return new CompoundPluginRepository();
    }

    /** Disables nothing: what is not wanted is taken out of the folder. */
    @Override
    protected PluginStatusProvider createPluginStatusProvider() {
        return new PluginStatusProvider() {
            @Override
            public boolean isPluginDisabled(String id) {
                return false;
            }

            @Override
            public void disablePlugin(String id) {
                throw new UnsupportedOperationException("nobody disables " + id);
            }

            @Override
            public void enablePlugin(String id) {
                // It is.
            }
        };
    }

    /** What a plugin says about itself. */
    PluginDescriptor describe(Path plugin) {
        return getPluginDescriptorFinder().find(plugin);
    }

    /** PF4J's own one tells its log alone why it makes nothing. */
    @Override
    protected PluginFactory createPluginFactory() {
        return wrapper -> {
            String name = wrapper.getDescriptor().getPluginClass();
            try {
                Class<?> type = wrapper.getPluginClassLoader().loadClass(name);
                if (!Plugin.class.isAssignableFrom(type)) {
                    throw new PluginRuntimeException("the Plugin-Class " + name + " is no " + Plugin.class.getName());
                }
                return (Plugin) make(type, wrapper);
            } catch (InvocationTargetException e) {
                throw new PluginRuntimeException(e.getCause(), "the Plugin-Class " + name + " cannot be made");
            } catch (ReflectiveOperationException | LinkageError e) {
                throw new PluginRuntimeException(e, "the Plugin-Class " + name + " cannot be made");
            }
        };
    }

    private static Object make(Class<?> type, PluginWrapper wrapper) throws ReflectiveOperationException {
        try {
            return type.getConstructor(PluginWrapper.class).newInstance(wrapper);
        } catch (NoSuchMethodException e) {
            return type.getConstructor().newInstance();
        }
    }

    @Override
    protected PluginLoader createPluginLoader() {
        ClassLoader parent = new ApiClassLoader(SentryPluginManager.class.getClassLoader());
        return new PluginLoader() {
            @Override
            public boolean isApplicable(Path path) {
                return true;
            }

            @Override
            public ClassLoader loadPlugin(Path path, PluginDescriptor descriptor) {
                return loader(path, descriptor, parent);
            }
        };
    }

    /** What the parent shows wins over a copy inside the plugin: both sides must mean the same API and the same names. */
    private ClassLoader loader(Path path, PluginDescriptor descriptor, ClassLoader parent) {
        PluginClassLoader loader = new PluginClassLoader(this, descriptor, parent, ClassLoadingStrategy.APD);
        try {
            PluginZip.classPath(path).forEach(entry -> loader.addFile(entry.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return loader;
    }
}

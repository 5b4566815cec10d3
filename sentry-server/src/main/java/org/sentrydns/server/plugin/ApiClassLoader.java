package org.sentrydns.server.plugin;

import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parent of every plugin's class loader: shows the JDK, the API, dnsjava and slf4j, and hides the server. Resources of
 * the server are hidden as well, so that a plugin finds only its own services.
 */
final class ApiClassLoader extends ClassLoader {
    private static final List<String> SHOWN =
            List.of("org.sentrydns.api.", "org.xbill.DNS.", "org.slf4j.", "org.pf4j.");

    private final ClassLoader server;

    ApiClassLoader(ClassLoader server) {
        super(ClassLoader.getPlatformClassLoader());
        this.server = server;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (SHOWN.stream().anyMatch(name::startsWith)) {
            return server.loadClass(name);
        }
        throw new ClassNotFoundException(name + " (a plugin sees sentry-api, dnsjava, slf4j and its own classes)");
    }

    @Override
    protected @Nullable URL findResource(String name) {
        return null;
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        return Collections.emptyEnumeration();
    }
}

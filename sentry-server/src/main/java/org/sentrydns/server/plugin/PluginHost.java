package org.sentrydns.server.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pf4j.PluginRuntimeException;
import org.pf4j.PluginState;
import org.pf4j.PluginWrapper;
import org.sentrydns.api.RuleType;

/** Loads plugin jars and holds their verbs. Confined to one thread; the verbs may be used by any. */
public final class PluginHost implements AutoCloseable {
    private final List<SentryPluginManager> managers = new ArrayList<>();
    private final Map<String, Path> plugins = new HashMap<>();
    private final SortedMap<String, Verb> verbs = new TreeMap<>();
    private final JarCopies copies = new JarCopies();

    private PluginHost() {}

    /**
     * Loads every jar of the folders. Where two folders have a plugin of the same id, the first folder's is taken.
     *
     * @param folders the folders, the most important first
     * @throws PluginException if a jar cannot be used
     * @throws IOException if a folder cannot be read
     */
    public static PluginHost load(List<Path> folders) throws PluginException, IOException {
        PluginHost host = new PluginHost();
        try {
            for (Path folder : folders) {
                host.loadFolder(folder);
            }
            return host;
        } catch (PluginException | IOException | RuntimeException e) {
            host.close();
            throw e;
        }
    }

    private void loadFolder(Path folder) throws PluginException, IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException("the plugins folder " + folder + " does not exist");
        }
        Map<String, Path> others = Map.copyOf(plugins);
        SentryPluginManager manager = new SentryPluginManager(folder);
        managers.add(manager);
        for (Path jar : jars(folder)) {
            String id = id(jar);
            if (others.containsKey(id)) {
                continue;
            }
            Path twin = plugins.putIfAbsent(id, jar);
            if (twin != null) {
                throw new PluginException(jar, "has the same Plugin-Id '" + id + "' as " + twin);
            }
            load(manager, jar);
        }
    }

    private static List<Path> jars(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    private static String id(Path jar) throws PluginException {
        try {
            return new JarDescriptorFinder().find(jar).getPluginId();
        } catch (PluginRuntimeException e) {
            throw new PluginException(jar, String.valueOf(e.getMessage()), e);
        }
    }

    private void load(SentryPluginManager manager, Path jar) throws PluginException {
        try {
            String id = manager.loadPlugin(copies.of(jar));
            PluginWrapper plugin = manager.getPlugin(id);
            if (plugin.getPluginState() == PluginState.DISABLED) {
                throw new PluginException(
                        jar,
                        "needs sentry-api " + plugin.getDescriptor().getRequires() + ", this is "
                                + SentryPluginManager.API_VERSION);
            }
            if (manager.startPlugin(id) != PluginState.STARTED) {
                throw new PluginException(jar, "does not start: " + reason(plugin.getFailedException()));
            }
            addVerbs(jar, plugin);
        } catch (RuntimeException | LinkageError | AssertionError e) {
            throw new PluginException(jar, "cannot be loaded: " + reason(e), e);
        }
    }

    private void addVerbs(Path jar, PluginWrapper plugin) throws PluginException {
        List<RuleType> types = new ArrayList<>();
        try {
            ServiceLoader.load(RuleType.class, plugin.getPluginClassLoader()).forEach(types::add);
        } catch (java.util.ServiceConfigurationError e) {
            throw new PluginException(jar, "has a rule type that cannot be made: " + reason(e), e);
        }
        if (types.isEmpty()) {
            throw new PluginException(
                    jar, "has no rule type: expected META-INF/services/" + RuleType.class.getName() + " to name one");
        }
        for (RuleType type : types) {
            addVerb(jar, plugin, type);
        }
    }

    private void addVerb(Path jar, PluginWrapper plugin, RuleType type) throws PluginException {
        String verb = type.verb();
        if (verb == null || !verb.matches("[a-z][a-z0-9-]*")) {
            throw new PluginException(
                    jar, "has a verb '" + verb + "': expected lower-case letters, digits and hyphens");
        }
        Verb twin = verbs.putIfAbsent(
                verb, new Verb(type, jar, plugin.getDescriptor().getVersion()));
        if (twin != null) {
            throw new PluginException(jar, "brings the verb '" + verb + "', which " + twin.jar() + " brings already");
        }
    }

    private static String reason(@Nullable Throwable cause) {
        if (cause == null) {
            return "no reason given";
        }
        Throwable inner = cause.getCause();
        return inner == null ? cause.toString() : cause.getMessage() + " (" + inner + ")";
    }

    /** The verbs by name. */
    public SortedMap<String, Verb> verbs() {
        return Collections.unmodifiableSortedMap(verbs);
    }

    /** The rule types by verb. */
    public Map<String, RuleType> types() {
        return verbs.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().type(), (a, b) -> a, TreeMap::new));
    }

    /** Stops the plugins and lets go of their class loaders. */
    @Override
    public void close() {
        verbs.clear();
        for (SentryPluginManager manager : managers) {
            manager.stopPlugins();
            manager.unloadPlugins();
        }
        managers.clear();
        copies.close();
    }
}

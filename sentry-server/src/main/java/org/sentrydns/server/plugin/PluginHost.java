package org.sentrydns.server.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pf4j.PluginRuntimeException;
import org.pf4j.PluginState;
import org.pf4j.PluginWrapper;
import org.sentrydns.api.ApiVersion;
import org.sentrydns.api.PluginContext;
import org.sentrydns.api.RuleType;
import org.sentrydns.api.SettingsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads plugin jars and holds their verbs. Confined to one thread; the verbs may be used by any. */
public final class PluginHost implements AutoCloseable {
    static final Logger LOG = LoggerFactory.getLogger("sentry.core");

    /** Causes may go round in a circle. */
    private static final int MAX_CAUSES = 20;

    private final List<SentryPluginManager> managers = new ArrayList<>();
    private final Map<String, Path> plugins = new HashMap<>();
    private final Map<String, String> stamps = new HashMap<>();
    private final SortedMap<String, Verb> verbs = new TreeMap<>();
    /** Those whose start was called, so that there may be something to close; which are the same is not theirs to say. */
    private final Set<RuleType> started = Collections.newSetFromMap(new IdentityHashMap<>());

    private final JarCopies copies = new JarCopies();

    private PluginHost() {}

    /**
     * Loads every jar and zip of the folders, from copies of its own. Where two folders have a plugin of
     * the same id, the first folder's is taken.
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
            Path copy = copy(jar);
            String id = id(manager, jar, copy);
            Path better = others.get(id);
            if (better != null) {
                LOG.info("plugin {}: {} takes the place of {}", id, better, jar);
                continue;
            }
            Path twin = plugins.putIfAbsent(id, jar);
            if (twin != null) {
                throw new PluginException(jar, "has the same Plugin-Id '" + id + "' as " + twin);
            }
            load(manager, jar, copy);
            stamps.put(id, stamp(jar));
        }
    }

    private static String stamp(Path jar) throws IOException {
        return jar + " " + Files.getLastModifiedTime(jar) + " " + Files.size(jar);
    }

    /** The files in a folder that are taken for plugins, by name. */
    public static List<Path> jars(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> PluginZip.isJar(file) || PluginZip.isZip(file))
                    .sorted()
                    .toList();
        }
    }

    private Path copy(Path jar) throws PluginException {
        try {
            return copies.of(jar);
        } catch (IOException e) {
            throw new PluginException(jar, "is not a zip that can be unpacked: " + e, e);
        }
    }

    private static String id(SentryPluginManager manager, Path jar, Path copy) throws PluginException {
        try {
            return manager.describe(copy).getPluginId();
        } catch (PluginRuntimeException e) {
            throw new PluginException(jar, String.valueOf(e.getMessage()), e);
        }
    }

    private void load(SentryPluginManager manager, Path jar, Path copy) throws PluginException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try {
            String id = manager.loadPlugin(copy);
            PluginWrapper plugin = manager.getPlugin(id);
            if (plugin.getPluginState() == PluginState.DISABLED) {
                throw new PluginException(
                        jar,
                        "needs sentry-api " + plugin.getDescriptor().getRequires() + ", this is "
                                + ApiVersion.current());
            }
            thread.setContextClassLoader(plugin.getPluginClassLoader());
            if (manager.startPlugin(id) != PluginState.STARTED) {
                throw new PluginException(jar, "does not start: " + reason(plugin.getFailedException()));
            }
            addVerbs(jar, plugin);
        } catch (PluginException e) {
            throw e;
        } catch (Throwable e) {
            Fatal.rethrow(e);
            throw new PluginException(jar, "cannot be loaded: " + reason(e), e);
        } finally {
            thread.setContextClassLoader(before);
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
        if (verb == null || !Verb.isName(verb)) {
            throw new PluginException(jar, "has a verb '" + verb + "': expected " + Verb.LETTERS);
        }
        tryOut(jar, verb, type);
        Verb twin = verbs.putIfAbsent(
                verb, new Verb(type, jar, plugin.getDescriptor().getVersion(), plugin.getPluginId()));
        if (twin != null) {
            throw new PluginException(
                    jar, "and plugin " + twin.jar() + " both bring the verb '" + verb + "': expected one of them only");
        }
    }

    /** What it says of itself is asked for later, where nobody expects that it throws. */
    private static void tryOut(Path jar, String verb, RuleType type) throws PluginException {
        try {
            Objects.requireNonNull(type.syntax(), "it has no syntax");
            type.timed();
            type.alwaysDecides();
            type.blocks();
        } catch (Throwable e) {
            Fatal.rethrow(e);
            throw new PluginException(jar, "has a verb '" + verb + "' that fails: " + reason(e), e);
        }
    }

    /** With the last of its causes: what a static initialiser throws stands behind two others. */
    private static String reason(@Nullable Throwable cause) {
        if (cause == null) {
            return "no reason given";
        }
        Throwable last = cause;
        for (int i = 0; i < MAX_CAUSES && last.getCause() != null; i++) {
            last = last.getCause();
        }
        String message = cause.getMessage();
        return message == null || last.equals(cause) ? last.toString() : message + " (" + last + ")";
    }

    /** The verbs by name. */
    public SortedMap<String, Verb> verbs() {
        return Collections.unmodifiableSortedMap(verbs);
    }

    /** The rule types by verb. */
    public Map<String, RuleType> types() {
        Map<String, RuleType> types = new TreeMap<>();
        verbs.forEach((name, verb) -> types.put(name, verb.type()));
        return types;
    }

    /** The ids of the plugins that are not in another host, or are there from another file, or from one that has changed since. */
    public List<String> notIn(PluginHost other) {
        return stamps.keySet().stream()
                .filter(id -> !Objects.equals(stamps.get(id), other.stamps.get(id)))
                .sorted()
                .toList();
    }

    /** The ids of all plugins. */
    public Set<String> ids() {
        return Set.copyOf(plugins.keySet());
    }

    /**
     * Gives each verb what the server offers.
     *
     * @param contexts makes it for a plugin's id
     * @param mistakes takes what is wrong with a plugin's settings
     * @throws PluginException if a plugin fails
     */
    public void start(Function<String, PluginContext> contexts, BiConsumer<String, SettingsException> mistakes)
            throws PluginException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        for (Verb verb : List.copyOf(verbs.values())) {
            thread.setContextClassLoader(verb.type().getClass().getClassLoader());
            try {
                started.add(verb.type());
                verb.type().start(contexts.apply(verb.id()));
            } catch (SettingsException e) {
                mistakes.accept(verb.id(), e);
                verbs.put(verb.type().verb(), verb.withoutSettings());
            } catch (Throwable e) {
                Fatal.rethrow(e);
                throw new PluginException(verb.jar(), "does not start: " + reason(e), e);
            } finally {
                thread.setContextClassLoader(before);
            }
        }
    }

    /** Closes the verbs, stops the plugins and lets go of their class loaders. Waits for none of them for ever. */
    @Override
    public void close() {
        close(new Closer());
    }

    /** @param closer has the patience that is wanted */
    void close(Closer closer) {
        verbs.values().forEach(verb -> close(closer, verb));
        started.clear();
        for (SentryPluginManager manager : managers) {
            for (PluginWrapper plugin : List.copyOf(manager.getPlugins())) {
                unload(closer, manager, plugin);
            }
        }
        verbs.clear();
        managers.clear();
        copies.close();
    }

    private void close(Closer closer, Verb verb) {
        RuleType type = verb.type() instanceof UnreadyRuleType unready ? unready.real() : verb.type();
        if (started.contains(type)) {
            closer.close(type, "plugin " + verb.jar());
        }
    }

    private static void unload(Closer closer, SentryPluginManager manager, PluginWrapper plugin) {
        String id = plugin.getPluginId();
        closer.run(plugin.getPluginClassLoader(), "plugin " + id, () -> manager.stopPlugin(id));
        List<String> threads = LeftThreads.of(plugin.getPluginClassLoader());
        if (!threads.isEmpty()) {
            LOG.warn("plugin {} leaves threads behind, and so its classes stay in memory: {}", id, threads);
        }
        try {
            manager.unloadPlugin(id);
        } catch (RuntimeException e) {
            LOG.warn("plugin {} is not unloaded: {}", id, e.toString());
        }
    }
}

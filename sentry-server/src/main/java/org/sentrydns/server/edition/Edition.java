package org.sentrydns.server.edition;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sentrydns.api.RuleType;
import org.sentrydns.server.config.Config;
import org.sentrydns.server.config.ConfigReader;
import org.sentrydns.server.config.InvalidConfigException;
import org.sentrydns.server.config.PluginSettings;
import org.sentrydns.server.config.Problem;
import org.sentrydns.server.config.Problems;
import org.sentrydns.server.list.DomainSet;
import org.sentrydns.server.list.Lists;
import org.sentrydns.server.plugin.PluginException;
import org.sentrydns.server.plugin.PluginHost;
import org.sentrydns.server.plugin.RunningContext;
import org.sentrydns.server.rule.Expectations;
import org.sentrydns.server.rule.MovableClock;
import org.sentrydns.server.rule.RuleBook;
import org.sentrydns.server.rule.RuleCompiler;
import org.sentrydns.server.upstream.BootstrapNames;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A configuration with its plugins, lists and rules: all of one reading. Thread-safe once it is read.
 *
 * @param config the file
 * @param plugins its verbs
 * @param lists its lists, not loaded yet
 * @param rules its rules
 * @param clock the time that their conditions see
 */
public record Edition(Config config, PluginHost plugins, Lists lists, RuleBook rules, MovableClock clock)
        implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.core");

    /**
     * Reads all of it but the lists' content.
     *
     * @param file the configuration file, or null for the embedded default
     * @param verbCounts the counter that each rule of a verb adds to
     * @throws InvalidConfigException with every mistake in the file and its rules
     * @throws PluginException if a jar cannot be used
     * @throws IOException if the file or a folder cannot be read; the message names it
     */
    public static Edition read(@Nullable Path file, Function<String, LongAdder> verbCounts)
            throws InvalidConfigException, PluginException, IOException {
        return read(file, verbCounts, (plugin, name) -> new LongAdder());
    }

    /**
     * Reads all of it but the lists' content.
     *
     * @param pluginCounts the counter of a plugin's id and a name of its own
     */
    public static Edition read(
            @Nullable Path file,
            Function<String, LongAdder> verbCounts,
            BiFunction<String, String, LongAdder> pluginCounts)
            throws InvalidConfigException, PluginException, IOException {
        BootstrapNames.install();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // What plugins do on this thread, and on those that it starts, must not lead them to the server's classes.
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        ReadingWatch watch = ReadingWatch.start();
        try {
            return readIsolated(file, verbCounts, pluginCounts);
        } finally {
            watch.close();
            thread.setContextClassLoader(before);
        }
    }

    private static Edition readIsolated(
            @Nullable Path file,
            Function<String, LongAdder> verbCounts,
            BiFunction<String, String, LongAdder> pluginCounts)
            throws InvalidConfigException, PluginException, IOException {
        Problems problems = new Problems();
        Config config = config(file, problems);
        PluginHost plugins = plugins(config.plugins());
        try {
            PluginSettings settings = config.pluginSettings();
            plugins.start(id -> new RunningContext(id, settings::bind, pluginCounts), settings::report);
            settings.rejectUnread(plugins.ids());
            config.quiet().rejectUnknown(plugins.types().keySet(), problems);
            Lists lists = Lists.of(config.lists().values(), config.listCopies());
            MovableClock clock = new MovableClock(Clock.system(ZoneId.systemDefault()));
            RuleBook rules = new RuleCompiler(
                            plugins.types(), config.groups(), sets(lists), clock, verbCounts, config.ruleTime())
                    .compile(config.rules(), problems);
            try {
                problems.throwIfAny();
            } catch (InvalidConfigException e) {
                rules.close();
                throw e;
            }
            return new Edition(config, plugins, lists, rules, clock);
        } catch (InvalidConfigException | PluginException | RuntimeException | Error e) {
            plugins.close();
            throw e;
        }
    }

    /** Looks whether files that a server writes to can be written here; it matters to a server only. */
    public void checkFiles(Problems problems) {
        config.queryLog().ifPresent(log -> log.checkFile(problems));
    }

    /** Holds the rules against what the file expects of them; lists must be in, and nobody may ask them yet. */
    public void checkExpectations(Problems problems) {
        new Expectations(rules, plugins.types().keySet(), clock).check(config.expectations(), problems);
    }

    /**
     * The same where lists are missing: what fails then may fail for want of them, and the log says so.
     *
     * @param missing their names
     */
    public void checkExpectationsWithout(List<String> missing) {
        Problems problems = new Problems();
        checkExpectations(problems);
        if (!problems.isEmpty()) {
            LOG.warn(
                    "not all comes out as the configuration expects, maybe since these lists are not in yet: {}\n{}",
                    String.join(", ", missing),
                    problems.inOrder().stream().map(Problem::toString).collect(Collectors.joining("\n\n")));
        }
    }

    private static Map<String, Supplier<DomainSet>> sets(Lists lists) {
        Map<String, Supplier<DomainSet>> sets = new LinkedHashMap<>();
        lists.all().forEach((name, list) -> sets.put(name, list::set));
        return sets;
    }

    /** The file alone, or the embedded default. */
    public static Config config(@Nullable Path file, Problems problems) throws InvalidConfigException, IOException {
        return file == null ? ConfigReader.embedded(problems) : ConfigReader.read(file, problems);
    }

    /** The plugins of the configured folder and of the distribution's own. */
    public static PluginHost plugins(Optional<Path> configured) throws PluginException, IOException {
        return PluginHost.load(pluginFolders(configured));
    }

    static List<Path> pluginFolders(Optional<Path> configured) {
        List<Path> folders = new ArrayList<>();
        configured.ifPresent(folders::add);
        Optional<Path> given = configured.map(folder -> folder.toAbsolutePath().normalize());
        ownFolder().filter(own -> !given.equals(Optional.of(own))).ifPresent(folders::add);
        return folders;
    }

    /** The rule types of the distribution's own plugins, by verb: what others bring is for rules that a user wrote. */
    public Map<String, RuleType> ownTypes() {
        Map<String, RuleType> types = new LinkedHashMap<>();
        ownFolder()
                .ifPresent(folder -> plugins.verbs().forEach((name, verb) -> {
                    if (verb.jar().toAbsolutePath().normalize().startsWith(folder)) {
                        types.put(name, verb.type());
                    }
                }));
        return types;
    }

    private static Optional<Path> ownFolder() {
        return Optional.ofNullable(System.getProperty("sentry.home"))
                .map(home -> Path.of(home, "plugins").toAbsolutePath().normalize());
    }

    @Override
    public void close() {
        lists.close();
        rules.close();
        plugins.close();
    }
}

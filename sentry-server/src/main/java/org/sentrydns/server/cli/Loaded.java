package org.sentrydns.server.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.config.Config;
import org.sentrydns.server.config.ConfigReader;
import org.sentrydns.server.config.InvalidConfigException;
import org.sentrydns.server.config.PluginSettings;
import org.sentrydns.server.config.Problems;
import org.sentrydns.server.list.DomainSet;
import org.sentrydns.server.list.Lists;
import org.sentrydns.server.plugin.PluginException;
import org.sentrydns.server.plugin.PluginHost;
import org.sentrydns.server.plugin.RunningContext;
import org.sentrydns.server.rule.RuleBook;
import org.sentrydns.server.rule.RuleCompiler;
import org.sentrydns.server.stats.Statistics;
import org.sentrydns.server.upstream.BootstrapNames;

/**
 * A configuration with its plugins and rules, ready to run.
 *
 * @param config the file
 * @param plugins its verbs
 * @param lists its lists, not loaded yet
 * @param rules its rules
 * @param statistics the counters that the rules add to
 */
record Loaded(Config config, PluginHost plugins, Lists lists, RuleBook rules, Statistics statistics)
        implements AutoCloseable {

    /**
     * Reads all of it.
     *
     * @param file the configuration file, or null for the embedded default
     * @throws InvalidConfigException with every mistake in the file and its rules
     */
    static Loaded read(@Nullable Path file) throws InvalidConfigException, PluginException, IOException {
        BootstrapNames.install();
        // What plugins do on this thread, and on those that it starts, must not lead them to the server's classes.
        Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
        Problems problems = new Problems();
        Config config = config(file, problems);
        PluginHost plugins = plugins(config.plugins());
        try {
            Statistics statistics = new Statistics(System::nanoTime);
            PluginSettings settings = config.pluginSettings();
            plugins.start(id -> new RunningContext(id, settings::bind, statistics::plugin), settings::report);
            settings.rejectUnread(plugins.ids());
            Lists lists = Lists.of(config.lists().values(), config.listCopies());
            RuleCompiler compiler = new RuleCompiler(
                    plugins.types(),
                    config.groups(),
                    sets(lists),
                    Clock.system(ZoneId.systemDefault()),
                    statistics::verb,
                    config.ruleTime());
            RuleBook rules = compiler.compile(config.rules(), problems);
            try {
                problems.throwIfAny();
            } catch (InvalidConfigException e) {
                rules.close();
                throw e;
            }
            return new Loaded(config, plugins, lists, rules, statistics);
        } catch (InvalidConfigException | PluginException | RuntimeException e) {
            plugins.close();
            throw e;
        }
    }

    private static Map<String, Supplier<DomainSet>> sets(Lists lists) {
        Map<String, Supplier<DomainSet>> sets = new LinkedHashMap<>();
        lists.all().forEach((name, list) -> sets.put(name, list::set));
        return sets;
    }

    static Config config(@Nullable Path file, Problems problems) throws InvalidConfigException, IOException {
        try {
            return file == null ? ConfigReader.embedded(problems) : ConfigReader.read(file, problems);
        } catch (IOException e) {
            throw new WrongInputException(String.valueOf(e.getMessage()), e);
        }
    }

    /** The configured folder and the distribution's own. */
    static PluginHost plugins(Optional<Path> configured) throws PluginException, IOException {
        List<Path> folders = new ArrayList<>();
        configured.ifPresent(folders::add);
        String home = System.getProperty("sentry.home");
        if (home != null) {
            Path own = Path.of(home, "plugins").toAbsolutePath().normalize();
            if (!configured.map(c -> c.toAbsolutePath().normalize()).equals(Optional.of(own))) {
                folders.add(own);
            }
        }
        try {
            return PluginHost.load(folders);
        } catch (IOException e) {
            throw new WrongInputException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void close() {
        lists.close();
        rules.close();
        plugins.close();
    }
}

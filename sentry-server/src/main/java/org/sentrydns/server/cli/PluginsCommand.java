package org.sentrydns.server.cli;

import com.beust.jcommander.Parameter;
import com.beust.jcommander.Parameters;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.config.InvalidConfigException;
import org.sentrydns.server.plugin.PluginException;
import org.sentrydns.server.plugin.PluginHost;

@Parameters(commandDescription = "lists the rule verbs, their syntax, and the jar and version that brought each")
final class PluginsCommand extends Command {
    @Parameter(
            names = {"-c", "--config"},
            description = "the configuration file that names a folder of plugins")
    private @Nullable Path config;

    @Override
    int run(PrintStream out) throws InvalidConfigException, PluginException, IOException {
        try (PluginHost plugins = Editions.plugins(folder())) {
            plugins.verbs()
                    .forEach((name, verb) -> out.printf(
                            "%-10s %s%n%-10s %s, version %s%n",
                            name, verb.type().syntax(), "", verb.jar(), verb.version()));
            return FINE;
        }
    }

    /** Rules that use a missing verb are no reason not to list the verbs that are there. */
    private Optional<Path> folder() throws InvalidConfigException, IOException {
        return config == null ? Optional.empty() : Editions.config(config).plugins();
    }
}

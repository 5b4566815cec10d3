package org.sentrydns.server.cli;

import com.beust.jcommander.Parameter;
import com.beust.jcommander.Parameters;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.config.InvalidConfigException;
import org.sentrydns.server.plugin.PluginException;

@Parameters(commandDescription = "reads a configuration and its rules and shows every mistake")
final class CheckCommand implements Command {
    @Parameter(
            names = {"-c", "--config"},
            description = "the configuration file",
            required = true)
    private @Nullable Path config;

    @Parameter(
            names = {"-h", "--help"},
            help = true,
            description = "shows this")
    private boolean help;

    @Override
    public boolean help() {
        return help;
    }

    @Override
    public int run(PrintStream out) throws InvalidConfigException, PluginException, IOException {
        try (Loaded loaded = Loaded.read(config)) {
            loaded.config().notices().forEach(notice -> out.println(config + ": " + notice));
            out.println(config + ": " + loaded.rules().size() + " rules, no mistakes");
            return FINE;
        }
    }
}

package org.sentrydns.server.cli;

import com.beust.jcommander.Parameter;
import java.io.IOException;
import java.io.PrintStream;
import org.sentrydns.server.config.InvalidConfigException;
import org.sentrydns.server.plugin.PluginException;

/** A subcommand, with its options filled in by JCommander. */
abstract class Command {

    /** The exit code when all is well. */
    static final int FINE = 0;

    /** The exit code when something failed while running. */
    static final int FAILED = 1;

    /** The exit code when the user's input is wrong. */
    static final int WRONG_INPUT = 2;

    @Parameter(
            names = {"-h", "--help"},
            help = true,
            description = "shows this")
    private boolean help;

    /** Whether the user asked for help instead. */
    final boolean help() {
        return help;
    }

    /**
     * Does it.
     *
     * @param out takes the result
     * @return the exit code
     * @throws InvalidConfigException if the configuration has mistakes
     * @throws PluginException if a plugin jar cannot be used
     * @throws IOException if something failed
     */
    abstract int run(PrintStream out) throws InvalidConfigException, PluginException, IOException, InterruptedException;
}

package org.sentrydns.server.cli;

import java.io.IOException;
import java.io.PrintStream;
import org.sentrydns.server.config.InvalidConfigException;
import org.sentrydns.server.plugin.PluginException;

/** A subcommand, with its options filled in by JCommander. */
interface Command {

    /** The exit code when all is well. */
    int FINE = 0;

    /** The exit code when something failed while running. */
    int FAILED = 1;

    /** The exit code when the user's input is wrong. */
    int WRONG_INPUT = 2;

    /** Whether the user asked for help instead. */
    boolean help();

    /**
     * Does it.
     *
     * @param out takes the result
     * @return the exit code
     * @throws InvalidConfigException if the configuration has mistakes
     * @throws PluginException if a plugin jar cannot be used
     * @throws IOException if something failed
     */
    int run(PrintStream out) throws InvalidConfigException, PluginException, IOException, InterruptedException;
}

package org.sentrydns.server;

import org.sentrydns.server.cli.CommandLine;
import org.sentrydns.server.log.LogProvider;

/** The program. */
public final class Main {
    private Main() {}

    /**
     * Runs and leaves with 0 (fine), 1 (failed while running) or 2 (the user's input is wrong).
     *
     * @param arguments see {@code sentry --help}
     */
    public static void main(String[] arguments) {
        LogProvider.install();
        System.exit(CommandLine.run(arguments, System.out, System.err));
    }
}

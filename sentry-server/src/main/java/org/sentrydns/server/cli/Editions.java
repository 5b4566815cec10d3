package org.sentrydns.server.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.config.Config;
import org.sentrydns.server.config.InvalidConfigException;
import org.sentrydns.server.config.Problems;
import org.sentrydns.server.edition.Edition;
import org.sentrydns.server.plugin.PluginException;
import org.sentrydns.server.plugin.PluginHost;
import org.sentrydns.server.stats.Statistics;

/** What a command reads of the user's, a file that cannot be read being the user's mistake. */
final class Editions {
    private Editions() {}

    /** To be looked at. */
    static Edition read(@Nullable Path file) throws InvalidConfigException, PluginException, WrongInputException {
        try {
            return Edition.read(file, verb -> new LongAdder());
        } catch (IOException e) {
            throw wrong(e);
        }
    }

    /** To be served. */
    static Edition read(@Nullable Path file, Statistics statistics)
            throws InvalidConfigException, PluginException, WrongInputException {
        try {
            return Edition.read(file, statistics::verb, statistics::plugin);
        } catch (IOException e) {
            throw wrong(e);
        }
    }

    static Config config(Path file) throws InvalidConfigException, WrongInputException {
        try {
            return Edition.config(file, new Problems());
        } catch (IOException e) {
            throw wrong(e);
        }
    }

    static PluginHost plugins(Optional<Path> folder) throws PluginException, WrongInputException {
        try {
            return Edition.plugins(folder);
        } catch (IOException e) {
            throw wrong(e);
        }
    }

    private static WrongInputException wrong(IOException e) {
        return new WrongInputException(String.valueOf(e.getMessage()), e);
    }
}

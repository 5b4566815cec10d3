package org.sentrydns.server.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.Service;
import org.sentrydns.server.config.InvalidConfigException;
import org.sentrydns.server.edition.Edition;
import org.sentrydns.server.plugin.PluginException;
import org.sentrydns.server.rule.RuleReview;
import org.sentrydns.server.stats.Statistics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the server until a signal ends it. */
final class RunCommand {
    private static final Logger LOG = LoggerFactory.getLogger("sentry");

    private RunCommand() {}

    /** @param file the configuration file, or null for the embedded default */
    static int run(@Nullable Path file)
            throws InvalidConfigException, PluginException, IOException, InterruptedException {
        LOG.info("using config: {}", file == null ? "the embedded default (see README.md for your own)" : file);
        Statistics statistics = new Statistics(System::nanoTime);
        Edition edition = Editions.read(file, statistics);
        edition.config().notices().forEach(LOG::info);
        RuleReview.ofRisks(edition.rules()).remarks().forEach(risk -> LOG.warn("{}", risk));
        Service.run(file, edition, statistics);
        return Command.FINE;
    }
}

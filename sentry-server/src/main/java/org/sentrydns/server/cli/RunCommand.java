package org.sentrydns.server.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.Controls;
import org.sentrydns.server.Service;
import org.sentrydns.server.config.InvalidConfigException;
import org.sentrydns.server.config.Problems;
import org.sentrydns.server.edition.Edition;
import org.sentrydns.server.list.ListResult;
import org.sentrydns.server.plugin.PluginException;
import org.sentrydns.server.rule.RuleReview;
import org.sentrydns.server.stats.NanoClock;
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
        Controls controls = Controls.listening();
        LOG.info("using config: {}", file == null ? "the embedded default (see README.md for your own)" : file);
        Statistics statistics = new Statistics(NanoClock.SYSTEM);
        Service.run(file, () -> read(file, statistics), statistics, controls);
        return Command.FINE;
    }

    private static Edition read(@Nullable Path file, Statistics statistics)
            throws InvalidConfigException, PluginException, IOException, InterruptedException {
        Edition edition = Editions.read(file, statistics);
        try {
            checkFiles(edition);
            bringInLists(edition);
        } catch (InvalidConfigException e) {
            edition.close();
            throw e;
        }
        edition.config().notices().forEach(LOG::info);
        RuleReview.ofRisks(edition.rules()).remarks().forEach(risk -> LOG.warn("{}", risk));
        return edition;
    }

    private static void checkFiles(Edition edition) throws InvalidConfigException {
        Problems problems = new Problems();
        edition.checkFiles(problems);
        problems.throwIfAny();
    }

    /**
     * What is expected may depend on lists; without expectations those that need not be waited for come in behind the running server.
     * One that is to be downloaded for the first time cannot be waited for: it may come through this very server.
     */
    private static void bringInLists(Edition edition) throws InvalidConfigException, InterruptedException {
        boolean all = !edition.config().expectations().isEmpty();
        List<ListResult.Failed> missing =
                all ? edition.lists().prepare(null, false) : edition.lists().prepareAwaited();
        Problems problems = new Problems();
        missing.stream().filter(ListResult.Failed::isMistake).forEach(failed -> problems.add(failed.problem()));
        problems.throwIfAny();
        missing.stream()
                .filter(failed -> failed.source().awaited())
                .forEach(failed -> LOG.warn(
                        "list {} is not waited for: {}", failed.source().name(), failed.failure()));
        if (all && missing.isEmpty()) {
            edition.checkExpectations(problems);
            problems.throwIfAny();
        } else if (all) {
            edition.checkExpectationsWithout(ListResult.Failed.names(missing));
        }
    }
}

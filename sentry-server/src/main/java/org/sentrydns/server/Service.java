package org.sentrydns.server;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.sentrydns.api.RuleType;
import org.sentrydns.server.admin.Insight;
import org.sentrydns.server.admin.Verdicts;
import org.sentrydns.server.config.Config;
import org.sentrydns.server.list.Lists;
import org.sentrydns.server.rule.RuleBook;
import org.sentrydns.server.stats.Statistics;
import org.sentrydns.server.warmup.WarmUp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server that is steered by signals. */
public final class Service {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.core");
    private static final Duration WARM_UP = Duration.ofSeconds(3);

    private Service() {}

    /**
     * Runs a server until TERM or INT. USR1, and 30, which is PWR on Linux and USR1 on macOS, write the statistics. HUP does not end it.
     *
     * @throws IOException if a socket cannot be had
     */
    public static void run(
            Config config, Map<String, RuleType> verbs, Lists lists, RuleBook rules, Statistics statistics)
            throws IOException, InterruptedException {
        try (Onlookers onlookers = Onlookers.of(config);
                SentryServer server =
                        SentryServer.start(config, rules, statistics, onlookers.observer(), onlookers::watched)) {
            CountDownLatch stopped = new CountDownLatch(1);
            Signals.on("USR1", server::logStatistics);
            Signals.on("PWR", server::logStatistics);
            Signals.on("HUP", () -> LOG.warn("HUP changes nothing: restart to read the configuration again"));
            Signals.on("TERM", stopped::countDown);
            Signals.on("INT", stopped::countDown);
            lists.start();
            onlookers.serve(
                    (version, observation, lost) -> new Insight(
                            version,
                            server::isListening,
                            () -> rules,
                            lists::all,
                            statistics,
                            observation,
                            server::upstreamFigures,
                            server::cacheFigures,
                            lost),
                    new Verdicts(() -> rules));
            if (config.warmUp()) {
                WarmUp.start(verbs, WARM_UP);
            }
            stopped.await();
            server.stop();
        }
    }
}

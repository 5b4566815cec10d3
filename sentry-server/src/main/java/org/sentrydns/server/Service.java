package org.sentrydns.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.edition.Edition;
import org.sentrydns.server.edition.Watch;
import org.sentrydns.server.stats.Statistics;
import org.sentrydns.server.warmup.WarmUp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server that is steered by signals. */
public final class Service {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.core");
    private static final Duration WARM_UP = Duration.ofSeconds(3);
    private static final Duration LOOK = Duration.ofSeconds(2);

    private Service() {}

    /**
     * Runs a server until TERM or INT. USR1, and 30, which is PWR on Linux and USR1 on macOS, write the statistics; HUP reads
     * everything again.
     *
     * @param file the configuration file, or null for the embedded default
     * @param edition what was read from it; closed in the end
     * @throws IOException if a socket cannot be had
     */
    public static void run(@Nullable Path file, Edition edition, Statistics statistics)
            throws IOException, InterruptedException {
        // Before anything is served, so that a change from now on is seen.
        Watch watch = file == null ? null : new Watch(file, edition.config().plugins());
        try (SentryServer server = SentryServer.start(edition, statistics)) {
            Reloader reloader = new Reloader(file, server, statistics);
            CountDownLatch stopped = new CountDownLatch(1);
            Signals.on("USR1", server::logStatistics);
            Signals.on("PWR", server::logStatistics);
            Signals.on("HUP", () -> reload(reloader));
            Signals.on("TERM", stopped::countDown);
            Signals.on("INT", stopped::countDown);
            edition.lists().start();
            if (watch != null) {
                Thread.ofPlatform().name("sentry-watch").daemon().start(() -> follow(watch, server, reloader));
            }
            if (edition.config().warmUp()) {
                WarmUp.start(edition.plugins().types(), WARM_UP);
            }
            stopped.await();
            server.stop();
        }
    }

    private static void reload(Reloader reloader) {
        try {
            reloader.reload();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The edition that serves says whether its files are watched: a reload can turn that on and off. */
    private static void follow(Watch watch, SentryServer server, Reloader reloader) {
        try {
            while (true) {
                Thread.sleep(LOOK);
                boolean changed = watch.hasChanged(server.edition().config().plugins());
                if (changed && server.edition().config().watched()) {
                    LOG.info("the configuration or a plugin has changed");
                    reloader.reload();
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("nobody watches the files any more");
        }
    }
}

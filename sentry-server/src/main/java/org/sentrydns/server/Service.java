package org.sentrydns.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.admin.Insight;
import org.sentrydns.server.config.InvalidConfigException;
import org.sentrydns.server.edition.Edition;
import org.sentrydns.server.edition.Watch;
import org.sentrydns.server.log.LogStream;
import org.sentrydns.server.loop.Background;
import org.sentrydns.server.loop.SystemCalls;
import org.sentrydns.server.plugin.PluginException;
import org.sentrydns.server.stats.Statistics;
import org.sentrydns.server.upstream.Encryption;
import org.sentrydns.server.warmup.WarmUp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server that is steered by signals. */
public final class Service {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.core");
    private static final Duration WARM_UP = Duration.ofSeconds(3);
    /** Lists come before the exercise, but it waits no longer than this for a download. */
    private static final Duration LISTS = Duration.ofSeconds(10);

    /** After so many queries there is a load, which exercises the server better. */
    private static final int LOAD = 100;

    private static final Duration LOOK = Duration.ofSeconds(2);

    private Service() {}

    /** Reads what to serve first. */
    @FunctionalInterface
    public interface Reading {
        Edition read() throws InvalidConfigException, PluginException, IOException, InterruptedException;
    }

    private record Running(Onlookers onlookers, SentryServer server) implements AutoCloseable {
        @Override
        public void close() {
            try (onlookers) {
                server.close();
            }
        }
    }

    /**
     * Runs a server until TERM or INT. USR1, and 30, which is PWR on Linux and USR1 on macOS, write the statistics; HUP reads
     * everything again.
     *
     * @param file the configuration file, or null for the embedded default
     * @param reading reads it; what it gives is closed in the end, or when a reload has replaced it
     * @param controls what signals do
     * @throws IOException if a socket cannot be had
     */
    public static void run(@Nullable Path file, Reading reading, Statistics statistics, Controls controls)
            throws InvalidConfigException, PluginException, IOException, InterruptedException {
        // No variable of a method that lasts holds the edition, or a reload could not free it.
        try (Running running = start(file, reading.read(), statistics, controls)) {
            awaitWithCollectedLog(controls);
            running.server.stop();
        }
    }

    private static Running start(@Nullable Path file, Edition edition, Statistics statistics, Controls controls)
            throws IOException, InterruptedException {
        // Before anything is served, so that a change from now on is seen.
        Watch watch = file == null ? null : new Watch(file, edition.config().plugins());
        controls.awaitListening();
        Onlookers onlookers = Onlookers.of(edition.config());
        SentryServer server;
        try {
            server = SentryServer.start(edition, statistics, onlookers.observer(), onlookers::watched);
        } catch (Throwable e) {
            onlookers.close();
            throw e;
        }
        Running running = new Running(onlookers, server);
        try {
            Reloader reloader = new Reloader(file, server, statistics);
            controls.take(server, reloader);
            edition.lists().start();
            show(running, reloader, statistics);
            if (watch != null) {
                Thread.ofPlatform().name("sentry-watch").daemon().start(() -> follow(watch, server, reloader));
            }
            getReady(edition, statistics);
            return running;
        } catch (Throwable e) {
            running.close();
            throw e;
        }
    }

    private static void show(Running running, Reloader reloader, Statistics statistics) throws IOException {
        SentryServer server = running.server;
        running.onlookers.serve(
                (version, observation, lost) -> new Insight(
                        version,
                        server::isListening,
                        () -> server.edition().rules(),
                        server::explain,
                        () -> server.edition().lists().all(),
                        statistics,
                        observation,
                        server::upstreamFigures,
                        server::cacheFigures,
                        lost),
                new ServerSteering(server, reloader));
    }

    /** Does in the background what the first queries would have to wait for. */
    private static void getReady(Edition edition, Statistics statistics) {
        Background.start("sentry-link", SystemCalls::link);
        if (edition.rules().rules().stream()
                .anyMatch(rule -> Encryption.isWanted(rule.source().text()))) {
            Background.start("sentry-tls", Encryption::prepare);
        }
        if (edition.config().warmUp()) {
            WarmUp.start(
                    edition.ownTypes(),
                    WARM_UP,
                    () -> edition.lists().awaitFirstLoading(LISTS),
                    () -> statistics.requests() > LOAD);
        }
    }

    private static void awaitWithCollectedLog(Controls controls) throws InterruptedException {
        LogStream log = LogStream.standardError();
        log.collect();
        try {
            controls.awaitStop();
        } finally {
            log.stopCollecting();
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

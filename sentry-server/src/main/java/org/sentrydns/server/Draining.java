package org.sentrydns.server;

import java.io.IOException;
import java.time.Duration;
import org.sentrydns.server.config.Config;
import org.sentrydns.server.listen.Listeners;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets listeners end: what they have taken on is answered, within bounds. */
final class Draining {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.net");

    /** How long rules may wait on purpose, as those of the verb delay do; and a moment more. */
    private static final Duration DELAYS = Duration.ofSeconds(11);

    private Draining() {}

    /** Waits for what is in flight; nothing is closed. */
    static void await(Listeners old, Config config) throws IOException, InterruptedException {
        Duration patience =
                config.resolutionTimeout().plus(config.ruleTime().budget()).plus(DELAYS);
        if (!old.drain(patience)) {
            LOG.warn("some queries are still unanswered after {} s and are given up", patience.toMillis() / 1000.0);
        }
    }

    /** The same on a thread of its own, and closes them. */
    static void start(Listeners old, Config config) {
        Thread.ofPlatform().name("sentry-closing").daemon().start(() -> {
            try (old) {
                await(old, config);
            } catch (IOException e) {
                LOG.warn("closing the earlier sockets: {}", e.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}

package org.sentrydns.server;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.config.Config;
import org.sentrydns.server.edition.Edition;
import org.sentrydns.server.edition.Turnstile;
import org.sentrydns.server.query.Policies;
import org.sentrydns.server.query.QueryHandler;
import org.sentrydns.server.rule.Asker;
import org.sentrydns.server.stats.Statistics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An edition with all that queries need of it. Thread-safe. */
final class Serving {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.core");
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Edition edition;
    private final Supply supply;
    private final QueryHandler handler;
    private final Turnstile queries = new Turnstile();

    Serving(Edition edition, Supply supply, Statistics statistics) {
        Config config = edition.config();
        Policies policies = new Policies(config.specialNames(), config.inspectAnswers(), config.rebinding());
        this.edition = edition;
        this.supply = supply;
        this.handler = new QueryHandler(edition.rules(), supply.resolver(), statistics, policies);
    }

    Edition edition() {
        return edition;
    }

    Supply supply() {
        return supply;
    }

    Turnstile queries() {
        return queries;
    }

    byte @Nullable [] handle(byte[] message, Asker asker) {
        return handler.handle(message, asker);
    }

    /** To be called when no query can come any more: waits in the background for the last one to end, and closes. */
    void retire() {
        Thread.ofPlatform().name("sentry-retiring").daemon().start(() -> {
            try {
                awaitLast();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            close();
        });
    }

    private void awaitLast() throws InterruptedException {
        long since = System.nanoTime();
        boolean said = false;
        while (!queries.isEmpty()) {
            Thread.sleep(LOOK);
            if (!said && System.nanoTime() - since > LONG.toNanos()) {
                said = true;
                LOG.warn("{} queries are still with rules that were replaced a minute ago", queries.inside());
            }
        }
    }

    void close() {
        supply.release();
        edition.close();
        LOG.debug("an earlier edition is closed");
    }
}

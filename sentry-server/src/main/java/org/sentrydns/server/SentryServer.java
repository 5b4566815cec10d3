package org.sentrydns.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.cache.CachingResolver;
import org.sentrydns.server.config.Config;
import org.sentrydns.server.listen.Listeners;
import org.sentrydns.server.loop.QueryLoops;
import org.sentrydns.server.query.Policies;
import org.sentrydns.server.query.QueryHandler;
import org.sentrydns.server.rule.RuleBook;
import org.sentrydns.server.rule.RuleTable;
import org.sentrydns.server.stats.Statistics;
import org.sentrydns.server.upstream.UpstreamFigures;
import org.sentrydns.server.upstream.UpstreamSettings;
import org.sentrydns.server.upstream.Upstreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running server. Thread-safe. */
public final class SentryServer implements AutoCloseable {
    private static final Logger CORE = LoggerFactory.getLogger("sentry.core");
    private static final Logger NET = LoggerFactory.getLogger("sentry.net");

    private final RuleBook rules;
    private final Statistics statistics;
    private final Duration patience;
    private final QueryLoops loops;
    private final Upstreams upstreams;
    private final CachingResolver resolver;
    private volatile @Nullable Listeners listeners;

    private SentryServer(Config config, RuleBook rules, Statistics statistics) throws IOException {
        this.rules = rules;
        this.statistics = statistics;
        this.patience = config.resolutionTimeout().plusSeconds(1);
        this.loops = QueryLoops.start();
        this.upstreams = new Upstreams(
                new UpstreamSettings(config.resolutionTimeout(), config.caseRandomisation(), config.bootstrap()),
                this::isOurselves,
                loops);
        this.resolver = new CachingResolver(upstreams, config.cache(), config.resolutionTimeout(), System::nanoTime);
    }

    /**
     * Starts to listen.
     *
     * @param config the configuration
     * @param rules its rules
     * @param statistics the counters that the rules were compiled with
     * @throws IOException if a socket cannot be had
     */
    public static SentryServer start(Config config, RuleBook rules, Statistics statistics) throws IOException {
        CORE.info("starting, {} known rules", rules.size());
        SentryServer server = new SentryServer(config, rules, statistics);
        try {
            Policies policies = new Policies(config.specialNames(), config.inspectAnswers(), config.rebinding());
            QueryHandler handler = new QueryHandler(rules, server.resolver, statistics, policies);
            Listeners opened = Listeners.open(
                    config.host(), config.port(), config.limits(), handler::handle, statistics, server.loops);
            server.listeners = opened;
            InetSocketAddress local = opened.local();
            NET.info("Server started on {}", Listeners.text(local.getAddress(), local.getPort()));
            return server;
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private boolean isOurselves(InetSocketAddress address) {
        Listeners open = listeners;
        return open != null && open.listensOn(address);
    }

    /** Writes the statistics tables to the log: metrics, names, rules. */
    public void logStatistics() {
        Map<String, Number> others = resolver.figures();
        for (UpstreamFigures upstream : upstreams.figures()) {
            String name = "upstream." + upstream.name();
            others.put(name + ".asked", upstream.asked());
            others.put(name + ".won", upstream.won());
            others.put(name + ".failed", upstream.failed());
            others.put(name + ".response_time_msec_avg", upstream.averageMillis());
            others.put(name + ".response_time_msec_max", upstream.slowestMillis());
            others.put(name + ".down", upstream.down() ? 1 : 0);
        }
        CORE.info("system stats: \n{}", statistics.systemTable(others));
        CORE.info("domain stats: \n{}", statistics.domainTable());
        CORE.info("rule stats: \n{}", RuleTable.of(rules, ZoneId.systemDefault()));
    }

    /** Answers what is in flight, writes the tables and closes. */
    public void stop() throws InterruptedException, IOException {
        NET.info("stopping");
        Listeners open = listeners;
        if (open != null && !open.drain(patience)) {
            NET.warn("some queries are still unanswered after {} and are given up", patience);
        }
        CORE.info("shutting down, dumping stats:");
        logStatistics();
        close();
    }

    @Override
    public void close() {
        Listeners open = listeners;
        if (open != null) {
            open.close();
        }
        upstreams.close();
        loops.close();
    }
}

package org.sentrydns.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.cache.CachingResolver;
import org.sentrydns.server.config.Config;
import org.sentrydns.server.listen.Listeners;
import org.sentrydns.server.query.Policies;
import org.sentrydns.server.query.QueryHandler;
import org.sentrydns.server.query.QueryObserver;
import org.sentrydns.server.rule.RuleBook;
import org.sentrydns.server.stats.Statistics;
import org.sentrydns.server.upstream.Resolver;
import org.sentrydns.server.upstream.UpstreamFigures;
import org.sentrydns.server.upstream.UpstreamSettings;
import org.sentrydns.server.upstream.Upstreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running server. Thread-safe. */
public final class SentryServer implements AutoCloseable {
    private static final Logger CORE = LoggerFactory.getLogger("sentry.core");
    private static final Logger NET = LoggerFactory.getLogger("sentry.net");

    private final Statistics statistics;
    private final Duration patience;
    private final Upstreams upstreams;
    private final CachingResolver resolver;
    private volatile @Nullable Listeners listeners;

    private SentryServer(Config config, Statistics statistics, UnaryOperator<Resolver> watching) throws IOException {
        this.statistics = statistics;
        this.patience = config.resolutionTimeout().plusSeconds(1);
        this.upstreams = new Upstreams(
                new UpstreamSettings(config.resolutionTimeout(), config.caseRandomisation(), config.bootstrap()),
                this::isOurselves);
        this.resolver = new CachingResolver(
                watching.apply(upstreams), config.cache(), config.resolutionTimeout(), System::nanoTime);
    }

    /**
     * Starts to listen.
     *
     * @param config the configuration
     * @param rules its rules
     * @param statistics the counters that the rules were compiled with
     * @param observer is told how each query ended
     * @param watching puts itself before the upstreams, or returns them as they are
     * @throws IOException if a socket cannot be had
     */
    public static SentryServer start(
            Config config,
            RuleBook rules,
            Statistics statistics,
            QueryObserver observer,
            UnaryOperator<Resolver> watching)
            throws IOException {
        CORE.info("starting, {} known rules", rules.size());
        SentryServer server = new SentryServer(config, statistics, watching);
        try {
            Policies policies = new Policies(config.specialNames(), config.inspectAnswers(), config.rebinding());
            QueryHandler handler = new QueryHandler(rules, server.resolver, statistics, policies, observer);
            Listeners opened =
                    Listeners.open(config.host(), config.port(), config.limits(), handler::handle, statistics);
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

    /** Whether queries are taken on. */
    public boolean isListening() {
        return listeners != null;
    }

    /** What each upstream has done. */
    public List<UpstreamFigures> upstreamFigures() {
        return upstreams.figures();
    }

    /** What the cache has done, by metric. */
    public Map<String, Number> cacheFigures() {
        return resolver.figures();
    }

    /** Writes the two statistics tables to the log. */
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
    }
}

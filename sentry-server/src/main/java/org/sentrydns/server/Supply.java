package org.sentrydns.server;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.sentrydns.server.cache.CachingResolver;
import org.sentrydns.server.config.CacheSettings;
import org.sentrydns.server.config.Config;
import org.sentrydns.server.loop.QueryLoops;
import org.sentrydns.server.stats.NanoClock;
import org.sentrydns.server.upstream.Resolver;
import org.sentrydns.server.upstream.UpstreamFigures;
import org.sentrydns.server.upstream.UpstreamSettings;
import org.sentrydns.server.upstream.Upstreams;

/**
 * Cache and upstreams, which outlive an edition if the next one wants them the same. Thread-safe. Closed when the last edition
 * that uses the upstreams lets go.
 */
final class Supply {
    private final UpstreamSettings settings;
    private final CacheSettings cacheSettings;
    private final Upstreams upstreams;
    private final CachingResolver resolver;
    private final UnaryOperator<Resolver> watching;
    private final AtomicInteger users = new AtomicInteger(1);

    private Supply(
            UpstreamSettings settings,
            CacheSettings cacheSettings,
            Upstreams upstreams,
            CachingResolver resolver,
            UnaryOperator<Resolver> watching) {
        this.watching = watching;
        this.settings = settings;
        this.cacheSettings = cacheSettings;
        this.upstreams = upstreams;
        this.resolver = resolver;
    }

    private static UpstreamSettings settings(Config config) {
        return new UpstreamSettings(config.resolutionTimeout(), config.caseRandomisation(), true, config.bootstrap());
    }

    /** @param watching puts itself before the upstreams, or returns them as they are */
    static Supply of(
            Config config,
            Predicate<InetSocketAddress> isOurselves,
            QueryLoops loops,
            UnaryOperator<Resolver> watching) {
        UpstreamSettings settings = settings(config);
        Upstreams upstreams = new Upstreams(settings, isOurselves, loops);
        CachingResolver resolver = new CachingResolver(
                watching.apply(upstreams),
                upstreams::asked,
                config.cache(),
                config.resolutionTimeout(),
                NanoClock.SYSTEM);
        return new Supply(settings, config.cache(), upstreams, resolver, watching);
    }

    /**
     * What the next edition uses: this one, with one user more, if nothing about it has changed; else another one, which goes
     * on with the figures, and with the cache if that was not changed.
     *
     * @param moved whether other addresses are Sentry's own now
     */
    Supply next(Config config, boolean moved, Predicate<InetSocketAddress> isOurselves, QueryLoops loops) {
        UpstreamSettings next = settings(config);
        if (!moved && next.equals(settings) && config.cache().equals(cacheSettings)) {
            users.incrementAndGet();
            return this;
        }
        Upstreams others = upstreams.next(next, isOurselves, loops);
        CachingResolver over =
                resolver.over(watching.apply(others), others::asked, config.cache(), config.resolutionTimeout());
        return new Supply(next, config.cache(), others, over, watching);
    }

    CachingResolver resolver() {
        return resolver;
    }

    Upstreams upstreams() {
        return upstreams;
    }

    /** What the cache and each upstream have done, by metric. */
    Map<String, Number> figures() {
        Map<String, Number> figures = resolver.figures();
        for (UpstreamFigures upstream : upstreams.figures()) {
            String name = "upstream." + upstream.name();
            figures.put(name + ".asked", upstream.asked());
            figures.put(name + ".won", upstream.won());
            figures.put(name + ".failed", upstream.failed());
            figures.put(name + ".response_time_msec_avg", upstream.averageMillis());
            figures.put(name + ".response_time_msec_max", upstream.slowestMillis());
            figures.put(name + ".down", upstream.down() ? 1 : 0);
        }
        return figures;
    }

    /** One user less. */
    void release() {
        if (users.decrementAndGet() == 0) {
            upstreams.close();
        }
    }
}

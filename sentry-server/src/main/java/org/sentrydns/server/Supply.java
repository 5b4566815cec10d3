package org.sentrydns.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.sentrydns.server.cache.CachingResolver;
import org.sentrydns.server.config.CacheSettings;
import org.sentrydns.server.config.Config;
import org.sentrydns.server.loop.QueryLoops;
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
    private final AtomicInteger users = new AtomicInteger(1);

    private Supply(
            UpstreamSettings settings, CacheSettings cacheSettings, Upstreams upstreams, CachingResolver resolver) {
        this.settings = settings;
        this.cacheSettings = cacheSettings;
        this.upstreams = upstreams;
        this.resolver = resolver;
    }

    private static UpstreamSettings settings(Config config) {
        return new UpstreamSettings(config.resolutionTimeout(), config.caseRandomisation(), config.bootstrap());
    }

    static Supply of(Config config, Predicate<InetSocketAddress> isOurselves, QueryLoops loops) throws IOException {
        UpstreamSettings settings = settings(config);
        Upstreams upstreams = new Upstreams(settings, isOurselves, loops);
        CachingResolver resolver =
                new CachingResolver(upstreams, config.cache(), config.resolutionTimeout(), System::nanoTime);
        return new Supply(settings, config.cache(), upstreams, resolver);
    }

    /**
     * What the next edition uses: this one, with one user more, if nothing about it has changed; else another one, which keeps
     * the cache if that was not changed.
     *
     * @param moved whether other addresses are Sentry's own now
     */
    Supply next(Config config, boolean moved, Predicate<InetSocketAddress> isOurselves, QueryLoops loops)
            throws IOException {
        boolean sameCache = config.cache().equals(cacheSettings);
        if (sameCache && !moved && settings(config).equals(settings)) {
            users.incrementAndGet();
            return this;
        }
        Supply other = of(config, isOurselves, loops);
        return sameCache
                ? new Supply(
                        other.settings,
                        cacheSettings,
                        other.upstreams,
                        resolver.over(other.upstreams, config.resolutionTimeout()))
                : other;
    }

    CachingResolver resolver() {
        return resolver;
    }

    Upstreams upstreams() {
        return upstreams;
    }

    /** One user less. */
    void release() {
        if (users.decrementAndGet() == 0) {
            upstreams.close();
        }
    }
}

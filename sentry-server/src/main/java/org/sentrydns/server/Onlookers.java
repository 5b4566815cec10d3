package org.sentrydns.server;

import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.admin.AdminServer;
import org.sentrydns.server.admin.Insight;
import org.sentrydns.server.admin.Steering;
import org.sentrydns.server.config.Config;
import org.sentrydns.server.dnstap.Dnstap;
import org.sentrydns.server.observe.Observation;
import org.sentrydns.server.query.QueryObserver;
import org.sentrydns.server.querylog.QueryLog;
import org.sentrydns.server.upstream.Resolver;

/**
 * Those who look on, as the configuration wants them: the HTTP side, the query log, dnstap. Thread-safe. Without any of
 * them a query has no observer.
 */
public final class Onlookers implements AutoCloseable {
    private final Config config;
    private final @Nullable Observation observation;
    private final @Nullable QueryLog queryLog;
    private final @Nullable Dnstap dnstap;
    private volatile @Nullable AdminServer admin;

    private Onlookers(Config config) throws IOException {
        this.config = config;
        boolean any = config.admin().isPresent()
                || config.queryLog().isPresent()
                || config.dnstap().isPresent();
        Clock clock = Clock.systemUTC();
        this.observation = any ? new Observation(clock) : null;
        this.queryLog =
                config.queryLog().isPresent() ? QueryLog.open(config.queryLog().get(), clock) : null;
        this.dnstap = config.dnstap().isPresent() ? new Dnstap(config.dnstap().get(), version(), clock) : null;
        if (observation != null && queryLog != null) {
            observation.add(queryLog);
        }
        if (observation != null && dnstap != null) {
            observation.add(dnstap);
        }
    }

    /**
     * Opens the query log and dnstap.
     *
     * @throws IOException if the query log cannot be written
     */
    static Onlookers of(Config config) throws IOException {
        return new Onlookers(config);
    }

    private static String version() {
        String known = Onlookers.class.getPackage().getImplementationVersion();
        return known == null ? "unpackaged" : known;
    }

    /** Whom queries report to. */
    QueryObserver observer() {
        return observation == null ? QueryObserver.NOBODY : observation;
    }

    /** The upstreams, watched if somebody wants to. */
    Resolver watched(Resolver upstreams) {
        return dnstap == null ? upstreams : dnstap.watching(upstreams);
    }

    /** Makes {@link Insight} of what only the caller knows. */
    interface Showing {
        Insight insight(String version, Observation observation, Map<String, LongSupplier> lost);
    }

    /**
     * Opens the HTTP side, if it is wanted.
     *
     * @throws IOException if its address cannot be had
     */
    void serve(Showing showing, Steering steering) throws IOException {
        if (config.admin().isPresent() && observation != null) {
            Map<String, LongSupplier> lost = new LinkedHashMap<>();
            if (queryLog != null) {
                lost.put("query_log", queryLog::lost);
            }
            if (dnstap != null) {
                lost.put("dnstap", dnstap::lost);
            }
            admin = AdminServer.start(
                    config.admin().get(), showing.insight(version(), observation, Map.copyOf(lost)), steering);
        }
    }

    @Override
    public void close() {
        AdminServer serving = admin;
        if (serving != null) {
            serving.close();
        }
        if (queryLog != null) {
            queryLog.close();
        }
        if (dnstap != null) {
            dnstap.close();
        }
    }
}

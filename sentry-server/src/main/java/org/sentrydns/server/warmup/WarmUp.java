package org.sentrydns.server.warmup;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.sentrydns.api.RuleType;
import org.sentrydns.server.cache.CachingResolver;
import org.sentrydns.server.config.CacheSettings;
import org.sentrydns.server.config.Limits;
import org.sentrydns.server.config.Problems;
import org.sentrydns.server.config.RuleSource;
import org.sentrydns.server.config.SourceText;
import org.sentrydns.server.listen.Listeners;
import org.sentrydns.server.loop.Background;
import org.sentrydns.server.loop.QueryLoops;
import org.sentrydns.server.query.Policies;
import org.sentrydns.server.query.QueryHandler;
import org.sentrydns.server.rule.RuleBook;
import org.sentrydns.server.rule.RuleCompiler;
import org.sentrydns.server.stats.NanoClock;
import org.sentrydns.server.stats.Statistics;
import org.sentrydns.server.upstream.UpstreamSettings;
import org.sentrydns.server.upstream.Upstreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The exercise. Confined to a thread of its own. */
public final class WarmUp {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.core");
    private static final Duration TIMEOUT = Duration.ofMillis(200);
    /** So few that the cache looks for the best use of its room again and again, which a real one does after a while only. */
    private static final int CACHED = 200;

    private static final List<String> NAMES = List.of(
            "n%s.local.sentry",
            "n%s.renamed.sentry", "n%s.alias.sentry", "n%s.raced.sentry", "n%s.plain.sentry", "hit.sentry");

    private WarmUp() {}

    /** What the exercise waits for, since it would take processors from it. */
    @FunctionalInterface
    public interface Preparation {
        /** Returns when it is done. */
        void await() throws InterruptedException;
    }

    /**
     * Starts it in the background.
     *
     * @param verbs the rule types, by verb; those that are missing are left out
     * @param time for how long, at most
     * @param before what has to be done first, on the same thread
     * @param inTheWay whether others need the processors now; then it ends
     */
    public static void start(Map<String, RuleType> verbs, Duration time, Preparation before, BooleanSupplier inTheWay) {
        Background.start("sentry-warm-up", () -> {
            try {
                before.await();
                // A server that is started again under load does not even make the sockets.
                if (!inTheWay.getAsBoolean()) {
                    run(verbs, time, inTheWay);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                LOG.debug("the warm-up has ended early: {}", e.getMessage());
            }
        });
    }

    static int run(Map<String, RuleType> verbs, Duration time, BooleanSupplier inTheWay) throws IOException {
        Statistics statistics = new Statistics(NanoClock.SYSTEM);
        try (EchoUpstream upstream = new EchoUpstream();
                QueryLoops loops = QueryLoops.start();
                Upstreams upstreams =
                        new Upstreams(new UpstreamSettings(TIMEOUT, false, false, List.of()), address -> false, loops);
                RuleBook rules = rules(verbs, upstream.port())) {
            QueryHandler handler = new QueryHandler(
                    rules,
                    new CachingResolver(
                            upstreams,
                            upstreams::asked,
                            new CacheSettings(CACHED, 1 << 20, 0, 60, 0),
                            TIMEOUT,
                            NanoClock.SYSTEM),
                    statistics,
                    Policies.DEFAULT);
            try (Listeners listeners = Listeners.open(
                    InetAddress.getLoopbackAddress(), 0, new Limits(1000, 10), handler::handle, statistics, loops)) {
                return new Exercise(listeners.local(), NAMES).run(time, inTheWay);
            }
        }
    }

    /** Verbs that write to the log stay out: nobody should read about queries that nobody asked. */
    private static RuleBook rules(Map<String, RuleType> verbs, int port) {
        String upstream = "127.0.0.1:" + port;
        List<RuleSource> lines = new ArrayList<>();
        for (String line : List.of(
                "answer ^(.*)\\.local\\. with A 192.0.2.1",
                "rewrite ^(.*)\\.renamed\\.sentry$ to $1.plain.sentry",
                "redirect ^(.*)\\.alias\\. to hit.sentry",
                "resolve \\.raced\\. using " + upstream + ", tcp://" + upstream,
                "resolve ^(.*) using " + upstream + " if type is not MX")) {
            if (verbs.containsKey(line.substring(0, line.indexOf(' ')))) {
                lines.add(new RuleSource(line, new SourceText("warm-up", line), -1, 0));
            }
        }
        RuleCompiler compiler = new RuleCompiler(
                verbs,
                Map.of(),
                Map.of(),
                Clock.system(ZoneId.systemDefault()),
                new Statistics(NanoClock.SYSTEM)::verb);
        return compiler.compile(lines, new Problems());
    }
}

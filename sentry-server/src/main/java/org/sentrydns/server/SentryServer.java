package org.sentrydns.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.config.Config;
import org.sentrydns.server.config.Limits;
import org.sentrydns.server.edition.Edition;
import org.sentrydns.server.listen.Listeners;
import org.sentrydns.server.log.LogConfigurator;
import org.sentrydns.server.loop.QueryLoops;
import org.sentrydns.server.query.QueryObserver;
import org.sentrydns.server.query.SpecialNames;
import org.sentrydns.server.rule.Asker;
import org.sentrydns.server.rule.Explanation;
import org.sentrydns.server.rule.Inquiry;
import org.sentrydns.server.rule.RuleTable;
import org.sentrydns.server.stats.Statistics;
import org.sentrydns.server.upstream.Resolver;
import org.sentrydns.server.upstream.UpstreamFigures;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running server. Thread-safe. It serves one edition at a time; the next one comes by one volatile write, and a query runs
 * to its end on the edition that it started with.
 */
public final class SentryServer implements AutoCloseable {
    private static final Logger CORE = LoggerFactory.getLogger("sentry.core");
    private static final Logger NET = LoggerFactory.getLogger("sentry.net");

    private final Statistics statistics;
    private final QueryLoops loops = QueryLoops.start();
    private final QueryObserver observer;
    /** Held while another edition takes over, and while this ends. */
    private final ReentrantLock changing = new ReentrantLock();

    private boolean ends;
    private volatile Serving serving;
    private volatile @Nullable Listeners listeners;

    private SentryServer(
            Edition edition, Statistics statistics, QueryObserver observer, UnaryOperator<Resolver> watching)
            throws IOException {
        this.statistics = statistics;
        this.observer = observer;
        Supply supply = Supply.of(edition.config(), this::isOurselves, loops, watching);
        this.serving = new Serving(edition, supply, statistics, observer);
    }

    /**
     * Starts to listen.
     *
     * @param edition what to serve first; closed with the server, or when another one replaces it
     * @param statistics the counters that its rules were compiled with
     * @param observer is told how each query ended
     * @param watching puts itself before the upstreams, or returns them as they are
     * @throws IOException if a socket cannot be had
     */
    public static SentryServer start(
            Edition edition, Statistics statistics, QueryObserver observer, UnaryOperator<Resolver> watching)
            throws IOException {
        CORE.info("starting, {} known rules", edition.rules().size());
        LogConfigurator.quiet(edition.config().quiet().verbs());
        SentryServer server = new SentryServer(edition, statistics, observer, watching);
        try {
            server.listeners = server.open(edition.config());
            NET.info("Server started on {}", text(server.local()));
            return server;
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private Listeners open(Config config) throws IOException {
        return Listeners.open(config.host(), config.port(), config.limits(), this::handle, statistics, loops);
    }

    private byte @Nullable [] handle(byte[] message, Asker asker) {
        Serving now = enter();
        try {
            return now.handle(message, asker);
        } finally {
            now.queries().leave();
        }
    }

    /** Has the rules that decide now asked about a query that nobody has sent; they stay as long as that takes. */
    Explanation explain(Inquiry inquiry) {
        Serving now = enter();
        try {
            Explanation explanation = now.edition().rules().explain(inquiry);
            return now.edition().config().specialNames() ? SpecialNames.note(explanation) : explanation;
        } finally {
            now.queries().leave();
        }
    }

    /**
     * What serves now, and goes on to until whoever has entered leaves. It may be replaced between the reading of the field and
     * the entering: then the next one is taken.
     */
    private Serving enter() {
        while (true) {
            Serving now = serving;
            now.queries().enter();
            if (now == serving) {
                return now;
            }
            now.queries().leave();
        }
    }

    /** What is served now. */
    public Edition edition() {
        return serving.edition();
    }

    /** Where it listens now. */
    public InetSocketAddress local() {
        Listeners open = listeners;
        if (open == null) {
            throw new IllegalStateException("the server does not listen yet");
        }
        return open.local();
    }

    private static String text(InetSocketAddress address) {
        return Listeners.text(address.getAddress(), address.getPort());
    }

    /**
     * Serves another edition from the next query on.
     *
     * @param next complete and checked; it is the caller's again if this throws
     * @throws IOException if it wants other addresses that cannot be had, or the server stops
     */
    void replace(Edition next) throws IOException {
        changing.lock();
        try {
            if (ends) {
                throw new IOException("the server stops");
            }
            takeOver(next);
        } finally {
            changing.unlock();
        }
    }

    private void takeOver(Edition next) throws IOException {
        Serving before = serving;
        Listeners open = listeners;
        boolean moved = open == null || isElsewhere(before.edition().config(), next.config());
        Listeners opened = null;
        try {
            opened = moved ? open(next.config()) : open;
            Listeners ours = opened;
            Supply supply = before.supply()
                    .next(next.config(), moved, ours == null ? address -> false : ours::listensOn, loops);
            LogConfigurator.quiet(next.config().quiet().verbs());
            // Queries that came to the new addresses until now were answered by the earlier edition.
            next.rules().continueFrom(before.edition().rules());
            serving = new Serving(next, supply, statistics, observer);
            listeners = opened;
        } catch (IOException | RuntimeException e) {
            if (opened != null && moved) {
                opened.close();
            }
            throw e;
        }
        // From here on the next one serves, whatever becomes of the earlier one.
        if (moved && open != null) {
            NET.info("Server listens on {} now", text(local()));
            attempt(
                    "closing the earlier sockets",
                    () -> Draining.start(open, before.edition().config()));
        } else {
            sayLimits(before.edition().config().limits(), next.config().limits());
        }
        attempt("leaving the earlier lists", before.edition().lists()::close);
        attempt("following the lists", next.lists()::start);
        attempt("closing what served before", before::retire);
    }

    private static void attempt(String what, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            CORE.error("{} failed after a reload", what, e);
        }
    }

    private static boolean isElsewhere(Config before, Config next) {
        return before.port() != next.port() || !before.host().equals(next.host());
    }

    private static void sayLimits(Limits before, Limits next) {
        if (!before.equals(next)) {
            NET.warn("limits belong to the sockets, which stay: the new ones hold from the next start on");
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
        return serving.supply().upstreams().figures();
    }

    /** What the cache has done, by metric. */
    public Map<String, Number> cacheFigures() {
        return serving.supply().resolver().figures();
    }

    /**
     * Forgets all answers that are kept.
     *
     * @return how many there were
     */
    long flushCache() {
        long forgotten;
        // The next edition takes its cache over from this one.
        changing.lock();
        try {
            forgotten = serving.supply().resolver().flush();
        } finally {
            changing.unlock();
        }
        CORE.info("the cache is flushed, {} answers are forgotten", forgotten);
        return forgotten;
    }

    /** Writes the statistics tables to the log: metrics, names, rules. */
    public void logStatistics() {
        Serving now = serving;
        CORE.info("system stats: \n{}", statistics.systemTable(now.supply().figures()));
        CORE.info("domain stats: \n{}", statistics.domainTable());
        CORE.info("rule stats: \n{}", RuleTable.of(now.edition().rules(), ZoneId.systemDefault()));
    }

    /** Answers what is in flight, writes the tables and closes. */
    public void stop() throws InterruptedException, IOException {
        NET.info("stopping");
        end();
        Listeners open = listeners;
        if (open != null) {
            Draining.await(open, serving.edition().config());
        }
        CORE.info("shutting down, dumping stats:");
        logStatistics();
    }

    /** No other edition comes from now on. */
    private void end() {
        changing.lock();
        try {
            ends = true;
        } finally {
            changing.unlock();
        }
    }

    @Override
    public void close() {
        end();
        Listeners open = listeners;
        if (open != null) {
            open.close();
        }
        serving.close();
        loops.close();
    }
}

package org.sentrydns.server.observe;

import java.net.InetAddress;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.query.QueryObserver;
import org.sentrydns.server.rule.Asker;
import org.sentrydns.server.rule.Verdict;
import org.sentrydns.server.stats.Fingerprint;
import org.sentrydns.server.stats.MostSeen;
import org.sentrydns.server.stats.QueryFigures;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.QueryMessage;

/** Counts queries, and tells the listeners. Thread-safe. */
public final class Observation implements QueryObserver {
    private static final int KEPT_CLIENTS = 2_000;
    private static final int KEPT_NAMES = 5_000;

    private final Clock clock;
    private final QueryFigures figures = new QueryFigures();
    private final MostSeen<InetAddress> clients =
            new MostSeen<>(KEPT_CLIENTS, address -> Fingerprint.of(address.getAddress()));
    private final MostSeen<String> blocked = new MostSeen<>(KEPT_NAMES, Fingerprint::of);
    private final LongAdder blockedQueries = new LongAdder();
    private final List<QueryListener> listeners = new CopyOnWriteArrayList<>();

    /** @param clock the time of events */
    public Observation(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void finished(
            Asker asker,
            QueryMessage query,
            @Nullable Verdict verdict,
            @Nullable String from,
            byte @Nullable [] reply,
            long nanos) {
        String verb = QueryEvent.verb(verdict);
        int rcode = reply == null ? QueryFigures.DROPPED : Header.rcode(reply);
        figures.count(asker.transport(), query.type(), rcode, verb, nanos);
        clients.add(asker.client().getAddress());
        if (verdict != null && QueryEvent.isBlocked(verdict)) {
            blockedQueries.increment();
            blocked.add(verdict.inquiry().lowerCase());
        }
        if (!listeners.isEmpty()) {
            QueryEvent event = new QueryEvent(clock.instant(), nanos, asker, query, verdict, from, reply);
            for (QueryListener listener : listeners) {
                listener.seen(event);
            }
        }
    }

    public void add(QueryListener listener) {
        listeners.add(listener);
    }

    public void remove(QueryListener listener) {
        listeners.remove(listener);
    }

    public QueryFigures figures() {
        return figures;
    }

    /** Who asks most. */
    public MostSeen<InetAddress> clients() {
        return clients;
    }

    /** How many queries rules blocked. */
    public long blockedQueries() {
        return blockedQueries.sum();
    }

    /** Names that rules block most, in lower case and without the final dot. */
    public MostSeen<String> blocked() {
        return blocked;
    }
}

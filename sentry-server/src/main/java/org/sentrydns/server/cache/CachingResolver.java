package org.sentrydns.server.cache;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.Upstream;
import org.sentrydns.server.config.CacheSettings;
import org.sentrydns.server.upstream.Resolver;
import org.sentrydns.server.upstream.UpstreamReply;
import org.sentrydns.server.wire.UpstreamQuery;

/** Answers from the cache, from a flight, or from the upstreams. Thread-safe. */
public final class CachingResolver implements Resolver {
    private static final long STALE_AFTER_NANOS = 1_800_000_000L;
    private static final Duration FAILURE = Duration.ofSeconds(1);
    private static final Duration FAILING = Duration.ofSeconds(60);
    private static final UpstreamReply FAILED = new UpstreamReply.Silent("failed a while ago");

    private final Resolver upstreams;
    private final CacheSettings settings;
    private final LongSupplier nanoTime;
    private volatile @Nullable ReplyCache cache;
    private final UnaryOperator<List<Upstream>> asked;
    private final UpstreamGroups groups;
    /** Not asked again at once (RFC 9520 section 3.2). */
    private final RecentFailures failures;
    /** Asked again without letting a client wait, as long as there is a stale answer (RFC 8767 section 5). */
    private final RecentFailures failing;

    private final long patience;
    private final ConcurrentMap<CacheKey, Flight> flights = new ConcurrentHashMap<>();
    private final LongAdder hits;
    private final LongAdder misses;
    private final LongAdder joined;
    private final LongAdder stales;

    /**
     * Stands before the upstreams.
     *
     * @param asked those that are asked now for a rule's upstreams: another network has other resolvers in the place of {@code
     *     system}, and other answers
     * @param timeout how long the upstreams may take
     * @param nanoTime a clock such as {@link System#nanoTime}
     */
    public CachingResolver(
            Resolver upstreams,
            UnaryOperator<List<Upstream>> asked,
            CacheSettings settings,
            Duration timeout,
            LongSupplier nanoTime) {
        this.upstreams = upstreams;
        this.asked = asked;
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.cache = cache(settings, nanoTime);
        this.groups = new UpstreamGroups();
        this.failures = new RecentFailures(FAILURE, nanoTime);
        this.failing = new RecentFailures(FAILING, nanoTime);
        this.patience = timeout.toNanos();
        this.hits = new LongAdder();
        this.misses = new LongAdder();
        this.joined = new LongAdder();
        this.stales = new LongAdder();
    }

    private CachingResolver(
            Resolver upstreams,
            UnaryOperator<List<Upstream>> asked,
            CacheSettings settings,
            Duration timeout,
            CachingResolver earlier) {
        this.upstreams = upstreams;
        this.asked = asked;
        this.settings = settings;
        this.nanoTime = earlier.nanoTime;
        this.cache = settings.equals(earlier.settings) ? earlier.cache : cache(settings, nanoTime);
        this.groups = earlier.groups;
        this.failures = earlier.failures;
        this.failing = earlier.failing;
        this.patience = timeout.toNanos();
        this.hits = earlier.hits;
        this.misses = earlier.misses;
        this.joined = earlier.joined;
        this.stales = earlier.stales;
    }

    private static @Nullable ReplyCache cache(CacheSettings settings, LongSupplier nanoTime) {
        return settings.isOn() ? new ReplyCache(settings, nanoTime) : null;
    }

    /** One with the same counters before other upstreams, and with the same cache if nothing about that has changed. */
    public CachingResolver over(
            Resolver others, UnaryOperator<List<Upstream>> othersAsked, CacheSettings next, Duration timeout) {
        return new CachingResolver(others, othersAsked, next, timeout, this);
    }

    /**
     * Forgets all answers and failures. Answers to what is being asked meanwhile are not kept.
     *
     * @return how many answers there were
     */
    public long flush() {
        ReplyCache before = cache;
        if (before != null) {
            cache = cache(settings, nanoTime);
        }
        failures.clear();
        failing.clear();
        return before == null ? 0 : before.entries();
    }

    @Override
    public UpstreamReply resolve(Outcome.Forward written, UpstreamQuery query) throws InterruptedException {
        List<Upstream> whom = asked.apply(written.upstreams());
        // Whose answer it is must be who was asked, also while the machine comes into another network.
        Outcome.Forward forward = whom.equals(written.upstreams()) || whom.isEmpty()
                ? written
                : new Outcome.Forward(whom, written.policy());
        CacheKey key = new CacheKey(query, groups.number(whom));
        ReplyCache replies = cache;
        if (replies == null) {
            return fly(key, forward, query);
        }
        CachedReply known = replies.find(key);
        if (known != null && known.fresh()) {
            hits.increment();
            if (known.askAgain()) {
                launch(key, forward, query);
            }
            return new UpstreamReply.Replied(known.message(), UpstreamReply.CACHE);
        }
        // Whoever only wants to see what is known is not shown what is true no more (RFC 8767 section 5).
        if (known != null && query.wantsRecursion()) {
            return old(key, known, forward, query);
        }
        UpstreamReply failure = failures.recent(key);
        if (failure != null) {
            return failure;
        }
        misses.increment();
        return fly(key, forward, query);
    }

    /** Where asking has failed, it is tried again behind the client's back. */
    private UpstreamReply old(CacheKey key, CachedReply known, Outcome.Forward forward, UpstreamQuery query)
            throws InterruptedException {
        if (failing.recent(key) == null) {
            return refresh(key, known, forward, query);
        }
        if (failing.isDue(key)) {
            launch(key, forward, query);
        }
        return stale(known);
    }

    /** Asks again, but does not let the client wait for long: an old answer beats none (RFC 8767 section 5). */
    private UpstreamReply refresh(CacheKey key, CachedReply known, Outcome.Forward forward, UpstreamQuery query)
            throws InterruptedException {
        misses.increment();
        UpstreamReply reply = launch(key, forward, query).await(Math.min(patience, STALE_AFTER_NANOS));
        return reply == null || isFailure(reply) ? stale(known) : reply;
    }

    private UpstreamReply stale(CachedReply known) {
        stales.increment();
        return new UpstreamReply.Stale(known.message());
    }

    private static boolean isFailure(UpstreamReply reply) {
        return !(reply instanceof UpstreamReply.Replied replied) || !UpstreamQuery.isSuccess(replied.message());
    }

    /** It costs nobody much time, and is passed on as it comes, but takes the place of no answer. */
    private static boolean isReferral(UpstreamReply reply) {
        return reply instanceof UpstreamReply.Replied replied && UpstreamQuery.isReferral(replied.message());
    }

    /** What happened to questions, by metric. */
    public Map<String, Number> figures() {
        Map<String, Number> figures = new TreeMap<>();
        ReplyCache replies = cache;
        figures.put("cache.entries", replies == null ? 0L : replies.entries());
        figures.put("cache.hits", hits.sum());
        figures.put("cache.misses", misses.sum());
        figures.put("cache.stale_answers", stales.sum());
        figures.put("cache.joined_in_flight", joined.sum());
        return figures;
    }

    /** Asks, unless somebody asks the same already (RFC 5452 section 5). */
    private UpstreamReply fly(CacheKey key, Outcome.Forward forward, UpstreamQuery query) throws InterruptedException {
        Flight mine = new Flight();
        Flight other = flights.putIfAbsent(key, mine);
        if (other == null) {
            return pilot(mine, key, forward, query);
        }
        joined.increment();
        UpstreamReply reply = other.await(patience);
        return reply == null ? new UpstreamReply.Silent("the same question got no reply in time") : reply;
    }

    /** The same on a thread of its own. */
    private Flight launch(CacheKey key, Outcome.Forward forward, UpstreamQuery query) {
        Flight mine = new Flight();
        Flight other = flights.putIfAbsent(key, mine);
        if (other != null) {
            joined.increment();
            return other;
        }
        Thread.startVirtualThread(() -> {
            try {
                pilot(mine, key, forward, query);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return mine;
    }

    private UpstreamReply pilot(Flight flight, CacheKey key, Outcome.Forward forward, UpstreamQuery query)
            throws InterruptedException {
        ReplyCache replies = cache;
        UpstreamReply reply = null;
        try {
            reply = keep(replies, key, upstreams.resolve(forward, query));
            return reply;
        } finally {
            flights.remove(key);
            flight.land(reply);
        }
    }

    /** The reply as it was kept. */
    private UpstreamReply keep(@Nullable ReplyCache replies, CacheKey key, UpstreamReply reply) {
        if (replies != null && reply instanceof UpstreamReply.Replied replied && !isFailure(reply)) {
            failures.forget(key);
            failing.forget(key);
            return new UpstreamReply.Replied(replies.store(key, replied.message()), replied.from());
        }
        if (replies != null) {
            if (!isReferral(reply)) {
                failures.add(key, reply);
            }
            failing.add(key, FAILED);
        }
        return reply;
    }
}

package org.sentrydns.server.rule;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rules that are passed over until a time. Thread-safe. A rule is known by its line, so that a pause outlives a reload; two
 * equal lines pause together. While nothing is paused, asking costs one volatile read.
 */
public final class Pauses {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.core");

    private final Lock lock = new ReentrantLock();
    private final LongSupplier nanoTime;
    private final ConcurrentMap<String, Long> rules = new ConcurrentHashMap<>();
    private volatile @Nullable Long blocking;
    private volatile boolean any;

    Pauses(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    boolean concern(CompiledRule rule) {
        return any && left(rule).isPresent();
    }

    /** Passes a rule over for that time, counted from now. */
    public void pause(CompiledRule rule, Duration time) {
        long until = nanoTime.getAsLong() + time.toNanos();
        change(() -> rules.put(rule.source().text(), until));
        LOG.warn("the rule {} is paused for {} min", rule, time.toMinutes());
    }

    /** Passes all rules that block over for that time, counted from now. */
    public void pauseBlocking(Duration time) {
        long until = nanoTime.getAsLong() + time.toNanos();
        change(() -> blocking = until);
        LOG.warn("all blocking is paused for {} min", time.toMinutes());
    }

    /** Ends the pause of one rule; that of all blocking goes on. */
    public void resume(CompiledRule rule) {
        change(() -> rules.remove(rule.source().text()));
        LOG.info("the pause of the rule {} is ended", rule);
    }

    /** Ends the pause of all blocking; those of single rules go on. */
    public void resumeBlocking() {
        change(() -> blocking = null);
        LOG.info("the pause of all blocking is ended");
    }

    /** How long a rule is still passed over, for its own sake or for its verb's; empty if it is not. */
    public Optional<Duration> left(CompiledRule rule) {
        Optional<Duration> own = left(rules.get(rule.source().text()));
        Optional<Duration> all = rule.isBlocking() ? blockingLeft() : Optional.empty();
        if (own.isPresent() && all.isPresent()) {
            return own.get().compareTo(all.get()) > 0 ? own : all;
        }
        return own.isPresent() ? own : all;
    }

    /** How long all blocking is still paused; empty if it is not. */
    public Optional<Duration> blockingLeft() {
        return left(blocking);
    }

    private Optional<Duration> left(@Nullable Long until) {
        if (until == null) {
            return Optional.empty();
        }
        long left = until - nanoTime.getAsLong();
        if (left <= 0) {
            change(() -> {});
            return Optional.empty();
        }
        return Optional.of(Duration.ofNanos(left));
    }

    /** And drops what is over. A pause that goes on is never out of sight meanwhile. */
    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            long now = nanoTime.getAsLong();
            rules.values().removeIf(until -> until - now <= 0);
            Long all = blocking;
            if (all != null && all - now <= 0) {
                blocking = null;
            }
            any = !rules.isEmpty() || blocking != null;
        } finally {
            lock.unlock();
        }
    }

    /** Goes on with the pauses of an earlier book. */
    void takeOver(Pauses earlier) {
        change(() -> {
            rules.putAll(earlier.rules);
            blocking = earlier.blocking;
        });
    }
}

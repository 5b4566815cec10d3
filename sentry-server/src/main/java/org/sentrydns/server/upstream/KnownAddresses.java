package org.sentrydns.server.upstream;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of named upstreams. Thread-safe. One look-up at a time for each name; whoever needs the name meanwhile waits for
 * that one. What could not be looked up is not tried again at once (RFC 9520 section 3.2), and addresses that are too old are
 * better than none (RFC 8767).
 */
final class KnownAddresses implements BootstrapNames.Lookup {
    static final long FRESH_NANOS = 30_000_000_000L;
    static final long STALE_NANOS = 86_400_000_000_000L;
    static final long FAILED_NANOS = 1_000_000_000L;

    private final BootstrapNames.Lookup bootstrap;
    private final LongSupplier nanoTime;
    private final ConcurrentMap<String, Entry> entries;

    /** What is known of one name. */
    private static final class Entry {
        final ReentrantLock looking = new ReentrantLock();
        volatile @Nullable Found found;
        volatile @Nullable Failure failure;
        /** Each with the number of its last failure. */
        final Map<InetAddress, Long> failed = new ConcurrentHashMap<>();

        final AtomicLong failures = new AtomicLong();
        volatile @Nullable InetAddress good;
    }

    private record Found(List<InetAddress> addresses, long at) {}

    private record Failure(String why, long at) {}

    KnownAddresses(BootstrapNames.Lookup bootstrap, LongSupplier nanoTime) {
        this(bootstrap, nanoTime, new ConcurrentHashMap<>());
    }

    private KnownAddresses(
            BootstrapNames.Lookup bootstrap, LongSupplier nanoTime, ConcurrentMap<String, Entry> entries) {
        this.bootstrap = bootstrap;
        this.nanoTime = nanoTime;
        this.entries = entries;
    }

    /** One that asks others, and knows what this one knows. */
    KnownAddresses asking(BootstrapNames.Lookup others) {
        return new KnownAddresses(others, nanoTime, entries);
    }

    private Entry entry(String name) {
        return entries.computeIfAbsent(name.toLowerCase(Locale.ROOT), unknown -> new Entry());
    }

    private boolean isWithin(long nanos, long since) {
        return nanoTime.getAsLong() - since < nanos;
    }

    /** As they were found the last time; looked up only if that is long ago. */
    @Override
    public List<InetAddress> addresses(String name) throws UnknownHostException {
        Entry entry = entry(name);
        Found found = entry.found;
        return found != null && isWithin(STALE_NANOS, found.at) ? ordered(entry, found) : fresh(name);
    }

    /**
     * As they are now, or were half a minute ago.
     *
     * @throws UnknownHostException if they cannot be found, and were not on the last day
     */
    List<InetAddress> fresh(String name) throws UnknownHostException {
        Entry entry = entry(name);
        Found found = entry.found;
        if (found != null && isWithin(FRESH_NANOS, found.at)) {
            return ordered(entry, found);
        }
        entry.looking.lock();
        try {
            return ordered(entry, lookUp(name, entry));
        } finally {
            entry.looking.unlock();
        }
    }

    private Found lookUp(String name, Entry entry) throws UnknownHostException {
        Found before = entry.found;
        if (before != null && isWithin(FRESH_NANOS, before.at)) {
            return before;
        }
        Found old = before != null && isWithin(STALE_NANOS, before.at) ? before : null;
        Failure failure = entry.failure;
        if (failure != null && isWithin(FAILED_NANOS, failure.at)) {
            if (old != null) {
                return old;
            }
            throw new UnknownHostException(failure.why);
        }
        try {
            Found found = new Found(List.copyOf(bootstrap.addresses(name)), nanoTime.getAsLong());
            entry.found = found;
            entry.failure = null;
            return found;
        } catch (UnknownHostException e) {
            entry.failure = new Failure(String.valueOf(e.getMessage()), nanoTime.getAsLong());
            if (old != null) {
                return old;
            }
            throw e;
        }
    }

    /** Those that have failed come last, the latest of them at the very end. */
    private static List<InetAddress> ordered(Entry entry, Found found) {
        if (entry.failed.isEmpty()) {
            return found.addresses;
        }
        List<InetAddress> ordered = new ArrayList<>(found.addresses);
        ordered.sort(Comparator.comparingLong(address -> entry.failed.getOrDefault(address, 0L)));
        return ordered;
    }

    /** No connection came about with this one. */
    void failed(String name, InetAddress address) {
        Entry entry = entry(name);
        entry.failed.put(address, entry.failures.incrementAndGet());
        entry.good = null;
    }

    /** A connection came about with this one. */
    void worked(String name, InetAddress address) {
        Entry entry = entry(name);
        entry.failed.remove(address);
        entry.good = address;
    }

    /** Whether the last connection came about with this one. */
    boolean isGood(String name, InetAddress address) {
        return address.equals(entry(name).good);
    }
}

package org.sentrydns.plugin.limit;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How often each client asks. Thread-safe, and bounded: clients that have been quiet are forgotten, and while more than
 * {@link #MAX_CLIENTS} are not, new ones go unlimited, so that a flood of forged addresses cannot lock out anybody.
 *
 * <p>Of each client it keeps the time at which all it has asked is paid for, each query costing a second's share (the generic
 * cell rate algorithm). It may run ahead of now by the burst.
 */
final class ClientRates {
    static final int MAX_CLIENTS = 65_536;
    private static final long SECOND = 1_000_000_000;

    private final long cost;
    private final long credit;
    private final LongSupplier nanoTime;
    private final long origin;
    private final ConcurrentMap<Long, AtomicLong> paidUntil = new ConcurrentHashMap<>();
    private final AtomicLong nextSweep = new AtomicLong();

    ClientRates(int rate, int burst, LongSupplier nanoTime) {
        this.cost = SECOND / rate;
        this.credit = cost * burst;
        this.nanoTime = nanoTime;
        this.origin = nanoTime.getAsLong();
    }

    /** Whether the client may ask now; if so, it has. */
    boolean take(InetAddress client) {
        long now = nanoTime.getAsLong() - origin;
        Long key = key(client);
        AtomicLong paid = paidUntil.get(key);
        if (paid == null) {
            if (paidUntil.size() >= MAX_CLIENTS && !sweep(now)) {
                return true;
            }
            paid = paidUntil.computeIfAbsent(key, k -> new AtomicLong(now));
        }
        while (true) {
            long before = paid.get();
            long after = Math.max(before, now) + cost;
            if (after - now > credit) {
                return false;
            }
            if (paid.compareAndSet(before, after)) {
                return true;
            }
        }
    }

    /** Forgets who owes nothing, at most once a second. */
    private boolean sweep(long now) {
        long due = nextSweep.get();
        if (now >= due && nextSweep.compareAndSet(due, now + SECOND)) {
            paidUntil.values().removeIf(paid -> paid.get() <= now);
        }
        return paidUntil.size() < MAX_CLIENTS;
    }

    int clients() {
        return paidUntil.size();
    }

    /** An address of IPv4, or the network of 64 bits that one IPv6 client has for itself. */
    private static Long key(InetAddress client) {
        ByteBuffer bytes = ByteBuffer.wrap(client.getAddress());
        return client instanceof Inet6Address ? bytes.getLong() : bytes.getInt() & 0xffff_ffffL;
    }
}

package org.sentrydns.server.upstream;

import java.io.IOException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.UpstreamQuery;

/** The questions that are out on one socket or connection, by ID. Thread-safe. */
final class PendingReplies {
    private static final long LATE_NANOS = 2_000_000_000L;

    private static final int SWEEP_EVERY = 1024;
    private static final int ATTEMPTS = 32;

    private final QueryIds ids;
    private final AtomicInteger added = new AtomicInteger();
    private final ConcurrentMap<Integer, PendingReply> pending = new ConcurrentHashMap<>();
    /** No later than the time of the first who waits to be woken. */
    private final AtomicLong nextLook = new AtomicLong(PendingReply.NEVER);

    /** A question with the ID that it got. */
    record Entry(int id, PendingReply reply) {}

    PendingReplies(QueryIds ids) {
        this.ids = ids;
    }

    /** @throws IOException if too many are out already */
    Entry add(UpstreamQuery query, TargetHealth health) throws IOException {
        if (added.incrementAndGet() % SWEEP_EVERY == 0) {
            sweep();
        }
        PendingReply reply = new PendingReply(query, health);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int id = ids.next();
            if (pending.putIfAbsent(id, reply) == null) {
                return new Entry(id, reply);
            }
        }
        throw new IOException("too many questions wait for a reply");
    }

    /** Nobody waits any more; with a late reply still to come, the entry stays for a while. */
    void leave(Entry entry, boolean answered) {
        if (answered) {
            pending.remove(entry.id(), entry.reply());
        } else {
            entry.reply().abandon();
        }
    }

    void offer(byte[] message) {
        PendingReply reply = message.length < Header.LENGTH ? null : pending.get(Header.id(message));
        if (reply != null && reply.offer(message) && reply.isForgotten(0)) {
            pending.remove(Header.id(message), reply);
        }
    }

    void failAll(IOException cause) {
        pending.values().forEach(reply -> reply.fail(cause));
    }

    /**
     * Waits until that time for somebody who calls {@link #wakeLate} again and again; null if no reply came.
     *
     * @param until as of {@link System#nanoTime}
     */
    byte @Nullable [] await(Entry entry, long until) throws IOException, InterruptedException {
        entry.reply().wakeAt(until);
        lookAt(until);
        return entry.reply().awaitWoken();
    }

    /** Most of the time nobody is late, and the replies are not gone through. One thread at a time. */
    void wakeLate(long now) {
        long next = nextLook.get();
        if (next == PendingReply.NEVER || now - next < 0) {
            return;
        }
        nextLook.set(PendingReply.NEVER);
        pending.values().forEach(reply -> lookAt(reply.wakeIfLate(now)));
    }

    private void lookAt(long time) {
        long next = nextLook.get();
        while (time != PendingReply.NEVER
                && (next == PendingReply.NEVER || time - next < 0)
                && !nextLook.compareAndSet(next, time)) {
            next = nextLook.get();
        }
    }

    /** Forgets what is too late even to be late. */
    boolean isEmptyAfterSweep() {
        sweep();
        return pending.isEmpty();
    }

    private void sweep() {
        pending.values().removeIf(reply -> reply.isForgotten(LATE_NANOS));
    }
}

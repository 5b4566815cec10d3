package org.sentrydns.server.upstream;

import java.io.IOException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.UpstreamQuery;

/** The questions that are out on one socket or connection, by ID. Thread-safe. */
final class PendingReplies {
    private static final long LATE_NANOS = 2_000_000_000L;

    private final QueryIds ids;
    private final ConcurrentMap<Integer, PendingReply> pending = new ConcurrentHashMap<>();

    /** A question with the ID that it got. */
    record Entry(int id, PendingReply reply) {}

    PendingReplies(QueryIds ids) {
        this.ids = ids;
    }

    Entry add(UpstreamQuery query, TargetHealth health) {
        PendingReply reply = new PendingReply(query, health);
        int id = ids.next();
        while (pending.putIfAbsent(id, reply) != null) {
            id = ids.next();
        }
        return new Entry(id, reply);
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

    boolean expects(int id) {
        return pending.containsKey(id);
    }

    void failAll(IOException cause) {
        pending.values().forEach(reply -> reply.fail(cause));
    }

    /** Forgets what is too late even to be late. */
    boolean isEmptyAfterSweep() {
        pending.values().removeIf(reply -> reply.isForgotten(LATE_NANOS));
        return pending.isEmpty();
    }
}

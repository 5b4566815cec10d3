package org.sentrydns.server.upstream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sentrydns.api.Policy;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.UpstreamQuery;

/**
 * Asks several upstreams by a policy; the first success wins. Confined to one virtual thread.
 *
 * <p>A success is NOERROR or NXDOMAIN. Other replies are kept, the best of them is what the race ends with if nobody
 * succeeds. Under every policy a failure lets the next upstream start at once.
 */
final class Race {
    private final Policy policy;
    private final Deque<Target> waiting;
    private final long deadline;
    private final List<String> failures = new ArrayList<>();
    private byte @Nullable [] best;
    private int running;

    private Race(List<Target> targets, Policy policy, long deadline) {
        this.policy = policy;
        this.waiting = new ArrayDeque<>(targets);
        this.deadline = deadline;
    }

    static UpstreamReply run(List<Target> targets, Policy policy, UpstreamQuery query, long deadline)
            throws InterruptedException {
        return new Race(targets, policy, deadline).run(query);
    }

    private UpstreamReply run(UpstreamQuery query) throws InterruptedException {
        try (LegScope scope = new LegScope(query, deadline)) {
            start(scope);
            while (policy instanceof Policy.Race && !waiting.isEmpty()) {
                start(scope);
            }
            while (running > 0) {
                LegScope.@Nullable Ended ended = scope.next(nextStart());
                if (ended != null) {
                    byte[] reply = ended.reply();
                    if (reply != null && UpstreamQuery.isSuccess(Header.rcode(reply))) {
                        return new UpstreamReply.Replied(reply);
                    }
                    note(ended);
                } else if (deadline - System.nanoTime() <= 0) {
                    break;
                }
                if (!waiting.isEmpty()) {
                    start(scope);
                }
            }
        }
        if (best != null) {
            return new UpstreamReply.Replied(best);
        }
        return new UpstreamReply.Silent(failures.isEmpty() ? "no reply in time" : String.join(", ", failures));
    }

    private void start(LegScope scope) {
        scope.fork(waiting.remove());
        running++;
    }

    /** When the next upstream joins, if nobody has answered by then. */
    private long nextStart() {
        long now = System.nanoTime();
        long left = deadline - now;
        if (waiting.isEmpty()) {
            return deadline;
        }
        return switch (policy) {
            case Policy.Race race -> deadline;
            case Policy.Failover failover -> now + left / (waiting.size() + 1);
            case Policy.Hedge hedge -> now + Math.min(left, hedge.delay().toNanos());
        };
    }

    private void note(LegScope.Ended ended) {
        running--;
        byte[] reply = ended.reply();
        if (reply == null) {
            failures.add(ended.target().blame(ended.failure()));
        } else if (best == null || rank(reply) < rank(best)) {
            best = reply;
        }
    }

    /** SERVFAIL may be a passing fault, REFUSED and the others say that this upstream will never do it. */
    private static int rank(byte[] reply) {
        return Header.rcode(reply) == 2 ? 0 : 1;
    }
}

package org.sentrydns.server.upstream;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sentrydns.api.Policy;
import org.sentrydns.server.wire.UpstreamQuery;

/**
 * Asks several upstreams by a policy; the first success wins. Confined to one virtual thread.
 *
 * <p>A success is NOERROR or NXDOMAIN, and no referral. Other replies are kept, the best of them is what the race ends with if nobody
 * succeeds. Under every policy a failure lets the next upstream start at once. An upstream that is down waits behind all
 * others, so that it costs nothing while one of them answers.
 */
final class Race {
    private static final int MAX_LEGS = 8;
    private static final int PATIENCE_SHARE = 4;

    private final Policy policy;
    private final List<Target> order;
    private final int atOnce;
    private final long deadline;
    private final List<String> failures = new ArrayList<>();
    private UpstreamReply.@Nullable Replied best;
    private int started;
    private int running;

    private Race(List<Target> targets, Policy policy, long deadline) {
        this.policy = policy;
        this.deadline = deadline;
        List<Target> up = new ArrayList<>(targets.size());
        List<Target> down = new ArrayList<>();
        for (Target target : targets) {
            (target.health().isDown() ? down : up).add(target);
        }
        int first = policy instanceof Policy.Race ? (up.isEmpty() ? down.size() : up.size()) : 1;
        this.atOnce = Math.min(first, MAX_LEGS);
        up.addAll(down);
        this.order = up;
    }

    private int waiting() {
        return order.size() - started;
    }

    static UpstreamReply run(List<Target> targets, Policy policy, UpstreamQuery query, long deadline)
            throws InterruptedException {
        return new Race(targets, policy, deadline).run(query);
    }

    private UpstreamReply run(UpstreamQuery query) throws InterruptedException {
        try (LegScope scope = new LegScope(query, deadline)) {
            for (int i = 0; i < atOnce; i++) {
                start(scope);
            }
            while (running > 0) {
                LegScope.@Nullable Ended ended = waiting() == 0 ? scope.next() : scope.next(nextStart());
                if (ended != null) {
                    byte[] reply = ended.reply();
                    if (reply != null && ended.isSuccess()) {
                        ended.target().health().won();
                        return new UpstreamReply.Replied(reply, ended.target().name());
                    }
                    note(ended);
                } else if (deadline - System.nanoTime() <= 0) {
                    break;
                }
                // A leg that ends with the deadline leaves no time for another.
                if (waiting() > 0 && deadline - System.nanoTime() > 0) {
                    start(scope);
                }
            }
        }
        if (best != null) {
            return best;
        }
        return new UpstreamReply.Silent(failures.isEmpty() ? "no reply in time" : String.join(", ", failures));
    }

    private void start(LegScope scope) throws InterruptedException {
        Target target = order.get(started++);
        running++;
        if (waiting() == 0) {
            scope.runHere(target);
        } else {
            scope.fork(target);
        }
    }

    /** When the next of those that wait joins, if nobody has answered by then. */
    private long nextStart() {
        long now = System.nanoTime();
        long left = deadline - now;
        return switch (policy) {
            case Policy.Race race -> now + left / PATIENCE_SHARE;
            case Policy.Failover failover -> now + left / (waiting() + 1);
            case Policy.Hedge hedge -> now + Math.min(left, hedge.delay().toNanos());
        };
    }

    private void note(LegScope.Ended ended) {
        running--;
        byte[] reply = ended.reply();
        if (reply == null) {
            failures.add(ended.target().blame(ended.failure()));
        } else if (best == null || rank(reply) < rank(best.message())) {
            best = new UpstreamReply.Replied(reply, ended.target().name());
        }
    }

    /** SERVFAIL may be a passing fault, REFUSED and the others say that this upstream will never do it; a referral says something. */
    private static int rank(byte[] reply) {
        return switch (UpstreamQuery.extendedRcode(reply)) {
            case 0 -> 0;
            case 2 -> 1;
            default -> 2;
        };
    }
}

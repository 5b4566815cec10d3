package org.sentrydns.server.upstream;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.wire.UpstreamQuery;

/**
 * The structured scope of one race: every leg is a virtual thread that starts inside the scope, and {@link #close} does
 * not return before all of them have ended. Confined to the thread that opened it.
 */
final class LegScope implements AutoCloseable {
    private final UpstreamQuery query;
    private final long deadline;
    private final List<Thread> legs = new ArrayList<>();
    private final BlockingQueue<Ended> ended = new LinkedBlockingQueue<>();

    /** How one leg ended: with a reply or a failure. */
    record Ended(
            Target target,
            byte @Nullable [] reply,
            @Nullable IOException failure) {}

    LegScope(UpstreamQuery query, long deadline) {
        this.query = query;
        this.deadline = deadline;
    }

    void fork(Target target) {
        legs.add(Thread.ofVirtual().start(() -> run(target)));
    }

    private void run(Target target) {
        try {
            ended.add(new Ended(target, target.ask(query, deadline), null));
        } catch (IOException e) {
            ended.add(new Ended(target, null, e));
        } catch (InterruptedException e) {
            // Cancelled: nobody wants to know.
            Thread.currentThread().interrupt();
        }
    }

    /** The next leg that ends, or null if none does by that time. */
    @Nullable
    Ended next(long until) throws InterruptedException {
        return ended.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    /** Cancels the legs that are still out and waits for them to end. */
    @Override
    public void close() {
        legs.forEach(Thread::interrupt);
        boolean interrupted = false;
        for (Thread leg : legs) {
            while (leg.isAlive()) {
                try {
                    leg.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

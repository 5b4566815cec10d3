package org.sentrydns.server.upstream;

import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.wire.UpstreamQuery;

/**
 * The structured scope of one race: every leg is a virtual thread that starts inside the scope, and {@link #close} does
 * not return before all of them have ended. Confined to the thread that opened it.
 *
 * <p>The first leg to succeed cancels the others itself, and the last one to end wakes the owner: so that the owner waits
 * once, and not for each of them. It needs no timer for the deadline either, which every {@link Exchange} keeps.
 */
final class LegScope implements AutoCloseable {
    private final UpstreamQuery query;
    private final long deadline;
    private final Thread owner = Thread.currentThread();
    private final List<Thread> legs = new CopyOnWriteArrayList<>();
    private final AtomicInteger running = new AtomicInteger();
    private final Queue<Ended> ended = new ConcurrentLinkedQueue<>();
    private volatile boolean succeeded;

    /**
     * How one leg ended: with a reply or a failure.
     *
     * @param isSuccess whether the race is over
     */
    record Ended(
            Target target,
            byte @Nullable [] reply,
            @Nullable IOException failure,
            boolean isSuccess) {}

    LegScope(UpstreamQuery query, long deadline) {
        this.query = query;
        this.deadline = deadline;
    }

    void fork(Target target) {
        running.incrementAndGet();
        Thread leg = Thread.ofVirtual().unstarted(() -> run(target));
        legs.add(leg);
        leg.start();
    }

    private void run(Target target) {
        try {
            byte[] reply = target.ask(query, deadline);
            end(new Ended(target, reply, null, UpstreamQuery.isSuccess(reply)));
        } catch (IOException e) {
            end(new Ended(target, null, e, false));
        } catch (InterruptedException e) {
            // Cancelled: nobody wants to know.
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            end(new Ended(target, null, new IOException("the exchange failed: " + e, e), false));
            throw e;
        } finally {
            if (running.decrementAndGet() == 0 || !succeeded) {
                LockSupport.unpark(owner);
            }
        }
    }

    private void end(Ended how) {
        ended.add(how);
        if (how.isSuccess()) {
            succeeded = true;
            cancel();
        }
    }

    private void cancel() {
        for (Thread leg : legs) {
            if (leg != Thread.currentThread()) {
                leg.interrupt();
            }
        }
    }

    /** The next leg that ends. There must be one that this has not told of. */
    Ended next() throws InterruptedException {
        while (true) {
            Ended how = ended.poll();
            if (how != null) {
                return how;
            }
            throwIfInterrupted();
            LockSupport.park(this);
        }
    }

    /** The next leg that ends, or null if none does by that time. */
    @Nullable
    Ended next(long until) throws InterruptedException {
        while (true) {
            Ended how = ended.poll();
            long left = until - System.nanoTime();
            if (how != null || left <= 0) {
                return how;
            }
            throwIfInterrupted();
            LockSupport.parkNanos(this, left);
        }
    }

    private static void throwIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /** Cancels the legs that are still out and waits for them to end. */
    @Override
    public void close() {
        if (running.get() > 0) {
            cancel();
        }
        boolean interrupted = false;
        while (running.get() > 0) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

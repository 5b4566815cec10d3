package org.sentrydns.server.upstream;

import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.wire.UpstreamQuery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The structured scope of one race: every leg is a virtual thread that starts inside the scope, but for one on the
 * owner's, and {@link #close} does not return before all of them have ended. Confined to the thread that opened it.
 *
 * <p>The first leg to succeed cancels the others itself, and the last one to end wakes the owner: so that the owner waits
 * once, and not for each of them. It needs no timer for the deadline either, which every {@link Exchange} keeps.
 */
final class LegScope implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.net");

    private final UpstreamQuery query;
    private final long deadline;
    private final Thread owner = Thread.currentThread();
    private final List<Thread> legs = new CopyOnWriteArrayList<>();
    private final AtomicInteger running = new AtomicInteger();
    private final Queue<Ended> ended = new ConcurrentLinkedQueue<>();
    private final AtomicReference<Own> own = new AtomicReference<>(Own.IN);
    private volatile boolean succeeded;

    /** What the leg on the owner's thread does. */
    private enum Own {
        /** There is none, or no more. */
        IN,
        OUT,
        /** It was interrupted by a leg that succeeded. */
        CANCELLED
    }

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
        try {
            leg.start();
        } catch (Throwable e) {
            // It will never say that it has ended.
            running.decrementAndGet();
            throw e;
        }
    }

    private void run(Target target) {
        try {
            end(ask(target));
        } catch (InterruptedException e) {
            // Cancelled: nobody wants to know, and the thread ends here.
        } finally {
            if (running.decrementAndGet() == 0 || !succeeded) {
                LockSupport.unpark(owner);
            }
        }
    }

    /**
     * A leg on the owner's own thread, which spares the race a thread. For the last of all, since the owner does not hear of the
     * others meanwhile. Returns when it has ended, or another one has succeeded.
     *
     * @throws InterruptedException if the owner was interrupted from outside
     */
    void runHere(Target target) throws InterruptedException {
        own.set(Own.OUT);
        try {
            // Whoever succeeds says so before it looks whether this leg is out: one of the two sees the other.
            if (!succeeded) {
                end(ask(target));
            }
        } catch (InterruptedException e) {
            if (own.getAndSet(Own.IN) != Own.CANCELLED) {
                throw e;
            }
        } finally {
            own.compareAndSet(Own.OUT, Own.IN);
        }
    }

    private Ended ask(Target target) throws InterruptedException {
        try {
            byte[] reply = target.ask(query, deadline);
            return new Ended(target, reply, null, UpstreamQuery.isSuccess(reply));
        } catch (IOException e) {
            return new Ended(target, null, e, false);
        } catch (RuntimeException | Error e) {
            LOG.error("asking {} met a mistake", target.name(), e);
            return new Ended(target, null, new IOException("the exchange failed: " + e, e), false);
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
        Thread current = Thread.currentThread();
        for (Thread leg : legs) {
            if (leg != current) {
                leg.interrupt();
            }
        }
        if (current != owner && own.compareAndSet(Own.OUT, Own.CANCELLED)) {
            owner.interrupt();
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
        if (own.get() == Own.CANCELLED) {
            // It ended in that moment by itself, and only here has the interrupt come for sure.
            Thread.interrupted();
        } else if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

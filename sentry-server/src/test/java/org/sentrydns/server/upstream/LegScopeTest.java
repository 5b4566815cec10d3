package org.sentrydns.server.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sentrydns.server.wire.Queries;
import org.sentrydns.server.wire.UpstreamQuery;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** The leg on the owner's own thread, and the interrupts that it may get. */
@Timeout(30)
final class LegScopeTest {
    private static final UpstreamQuery QUESTION = UpstreamQuery.of(
            Queries.decoded(Queries.of("www.test", Type.A)),
            Queries.name("www.test").toWire());

    private final CountDownLatch ownIsOut = new CountDownLatch(1);
    private final LegScope scope = new LegScope(QUESTION, System.nanoTime() + 20_000_000_000L);

    private static Target target(String name, Exchange exchange) {
        return new Target(name, exchange, new TargetHealth(new UpstreamTally(name), false, System::nanoTime));
    }

    private static byte[] good() {
        return Replies.address(QUESTION.withId(1), "192.0.2.1");
    }

    /** Succeeds as soon as the owner's leg is out. */
    private Target winner() {
        return target("winner", (query, deadline, health) -> {
            ownIsOut.await();
            return good();
        });
    }

    private static byte[] forEver() throws InterruptedException {
        new CountDownLatch(1).await();
        throw new AssertionError("nobody counts");
    }

    @Test
    void runHere_anotherLegSucceeds_isCancelled() throws Exception {
        scope.fork(winner());
        scope.runHere(target("own", (query, deadline, health) -> {
            ownIsOut.countDown();
            return forEver();
        }));
        assertEquals("winner", scope.next().target().name());
        scope.close();
        assertFalse(Thread.interrupted(), "an interrupt of the race's own is left");
    }

    @Test
    void runHere_anotherLegHasSucceeded_doesNotWait() throws Exception {
        scope.fork(target("winner", (query, deadline, health) -> good()));
        assertEquals("winner", scope.next().target().name());
        scope.runHere(target("own", (query, deadline, health) -> forEver()));
        scope.close();
        assertFalse(Thread.interrupted(), "an interrupt of the race's own is left");
    }

    @Test
    void runHere_endsInTheMomentOfItsCancellation_leavesNoInterrupt() throws Exception {
        scope.fork(winner());
        scope.runHere(target("own", (query, deadline, health) -> {
            ownIsOut.countDown();
            while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
            return Replies.failure(query.withId(1), Rcode.SERVFAIL);
        }));
        assertEquals("winner", scope.next().target().name());
        assertEquals("own", scope.next().target().name());
        scope.close();
        assertFalse(Thread.interrupted(), "an interrupt of the race's own is left");
    }

    @Test
    void runHere_succeeds_cancelsTheOthers() throws Exception {
        AtomicBoolean cancelled = new AtomicBoolean();
        scope.fork(target("other", (query, deadline, health) -> {
            ownIsOut.countDown();
            try {
                return forEver();
            } catch (InterruptedException e) {
                cancelled.set(true);
                throw e;
            }
        }));
        scope.runHere(target("own", (query, deadline, health) -> {
            ownIsOut.await();
            return good();
        }));
        assertEquals("own", scope.next().target().name());
        scope.close();
        assertTrue(cancelled.get());
        assertFalse(Thread.interrupted());
    }

    @Test
    void runHere_interruptedFromOutside_saysSo() {
        Thread owner = Thread.currentThread();
        scope.fork(target("other", (query, deadline, health) -> {
            ownIsOut.await();
            owner.interrupt();
            return forEver();
        }));
        assertThrows(
                InterruptedException.class,
                () -> scope.runHere(target("own", (query, deadline, health) -> {
                    ownIsOut.countDown();
                    return forEver();
                })));
        scope.close();
        assertFalse(Thread.interrupted());
    }

    @Test
    void close_interruptedFromOutside_leavesTheInterrupt() {
        scope.fork(target("other", (query, deadline, health) -> forEver()));
        Thread.currentThread().interrupt();
        scope.close();
        assertTrue(Thread.interrupted());
    }
}

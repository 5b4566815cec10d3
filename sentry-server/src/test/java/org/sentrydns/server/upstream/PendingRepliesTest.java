package org.sentrydns.server.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sentrydns.server.wire.Queries;
import org.sentrydns.server.wire.UpstreamQuery;
import org.xbill.DNS.Type;

/** Who is woken without a reply, and when; its times are not the clock's. */
@Timeout(30)
final class PendingRepliesTest {
    private static final UpstreamQuery QUESTION = UpstreamQuery.of(
            Queries.decoded(Queries.of("www.test", Type.A)),
            Queries.name("www.test").toWire());

    private final TargetHealth health = new TargetHealth(new UpstreamTally("u"), false, System::nanoTime);
    private final PendingReplies pending = new PendingReplies(new QueryIds());

    /** Somebody who asks and waits, from when this returns on. */
    private FutureTask<byte @Nullable []> ask(long until) {
        FutureTask<byte @Nullable []> reply =
                new FutureTask<>(() -> pending.await(pending.add(QUESTION, health), until));
        Thread client = Thread.ofPlatform().daemon().start(reply);
        Awaitility.await().until(() -> client.getState() == Thread.State.WAITING);
        return reply;
    }

    @Test
    void wakeLate_wakesThoseWhoseTimeHasCome() throws Exception {
        Future<byte @Nullable []> second = ask(2000);
        Future<byte @Nullable []> first = ask(1000);
        Future<byte @Nullable []> third = ask(3000);
        pending.wakeLate(999);
        pending.wakeLate(1000);
        assertNull(first.get());
        assertEquals(Future.State.RUNNING, second.state());
        pending.wakeLate(2500);
        assertNull(second.get());
        assertEquals(Future.State.RUNNING, third.state());
        Future<byte @Nullable []> late = ask(2600);
        pending.wakeLate(2700);
        assertNull(late.get());
        assertEquals(Future.State.RUNNING, third.state());
        pending.wakeLate(3000);
        assertNull(third.get());
    }
}

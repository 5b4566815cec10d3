package org.sentrydns.server.loop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Wakes the thread that waits at a selector. Thread-safe. {@link Selector#wakeup} would do that as well, but under a
 * monitor that the woken thread needs next: a virtual thread that finds it taken leaves its carrier, is next in line for
 * it, and if its carrier is the one that was woken, each waits for the other. Here the woken thread needs nothing that
 * those who wake hold.
 */
final class Alarm implements AutoCloseable {
    private final Pipe pipe = Pipe.open();
    private final ByteBuffer ring = ByteBuffer.allocateDirect(1);
    /** Whether the byte of a ring is in the pipe, or about to be. */
    private final AtomicBoolean rung = new AtomicBoolean();

    /** @throws IOException if the system has no pipe for it */
    Alarm(Selector selector) throws IOException {
        pipe.sink().configureBlocking(false);
        pipe.source().configureBlocking(false);
        QueryLoop.Reading silencing = this::silence;
        pipe.source().register(selector, SelectionKey.OP_READ, silencing);
    }

    /**
     * The selector returns, now or when it is asked next. One that rings while another one does adds nothing: whoever is
     * woken looks for all that there is after the alarm was silenced.
     */
    void ring() throws IOException {
        if (!rung.getAndSet(true)) {
            pipe.sink().write(ring.duplicate());
        }
    }

    private void silence(ByteBuffer buffer) throws IOException {
        if (pipe.source().read(buffer.clear()) > 0) {
            rung.set(false);
        }
    }

    @Override
    public void close() throws IOException {
        pipe.sink().close();
        pipe.source().close();
    }
}

package org.sentrydns.server.upstream;

import java.io.IOException;
import org.sentrydns.server.wire.UpstreamQuery;

/** One way to ask one upstream. Thread-safe. */
interface Exchange extends AutoCloseable {

    /**
     * Asks and waits.
     *
     * @param deadline in the sense of {@link System#nanoTime}
     * @param health hears of each question sent and of each reply, late ones too
     * @return a reply to this very question, whatever its code
     * @throws IOException if there was none by the deadline, or the upstream cannot be reached
     * @throws InterruptedException if the answer is no longer wanted
     */
    byte[] ask(UpstreamQuery query, long deadline, TargetHealth health) throws IOException, InterruptedException;

    @Override
    default void close() {}
}

package org.sentrydns.server.upstream;

import java.io.IOException;
import org.sentrydns.server.wire.UpstreamQuery;

/** One way to ask one upstream. Thread-safe. */
interface Exchange {

    /**
     * Asks and waits.
     *
     * @param deadline in the sense of {@link System#nanoTime}
     * @return a reply to this very question, whatever its code
     * @throws IOException if there was none by the deadline, or the upstream cannot be reached
     * @throws InterruptedException if the answer is no longer wanted
     */
    byte[] ask(UpstreamQuery query, long deadline) throws IOException, InterruptedException;
}

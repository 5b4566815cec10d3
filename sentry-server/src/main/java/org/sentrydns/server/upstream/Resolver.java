package org.sentrydns.server.upstream;

import org.sentrydns.api.Outcome;
import org.sentrydns.server.wire.UpstreamQuery;

/** Finds the answer to a question. Thread-safe. */
@FunctionalInterface
public interface Resolver {

    /**
     * Asks, and waits for the answer at most as long as the timeout.
     *
     * @param forward whom, and how
     * @param query the question
     * @throws InterruptedException if the answer is no longer wanted
     */
    UpstreamReply resolve(Outcome.Forward forward, UpstreamQuery query) throws InterruptedException;
}

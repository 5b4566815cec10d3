package org.sentrydns.server.query;

import org.jspecify.annotations.Nullable;
import org.sentrydns.server.rule.Asker;
import org.sentrydns.server.rule.Verdict;
import org.sentrydns.server.wire.QueryMessage;

/** Is told how each query ended, on the query's own thread: it must be quick and must not throw. Thread-safe. */
@FunctionalInterface
public interface QueryObserver {

    /** Does nothing. */
    QueryObserver NOBODY = (asker, query, verdict, from, reply, nanos) -> {};

    /**
     * A query has ended.
     *
     * @param verdict what the rules decided; null if that failed
     * @param from whose reply it is: an upstream, as messages name it, {@code cache} or {@code stale}; null if it was made here
     * @param reply what the client gets; null if nothing
     * @param nanos how long it took
     */
    void finished(
            Asker asker,
            QueryMessage query,
            @Nullable Verdict verdict,
            @Nullable String from,
            byte @Nullable [] reply,
            long nanos);
}

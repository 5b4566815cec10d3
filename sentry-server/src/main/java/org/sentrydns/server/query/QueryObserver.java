package org.sentrydns.server.query;

import org.jspecify.annotations.Nullable;
import org.sentrydns.server.rule.Asker;
import org.sentrydns.server.rule.Verdict;
import org.sentrydns.server.wire.QueryMessage;

/** Is told how each query ended, on the query's own thread: it must be quick and must not throw. Thread-safe. */
@FunctionalInterface
public interface QueryObserver {

    /** Does nothing. */
    QueryObserver NOBODY = (asker, query, verdict, reply, nanos) -> {};

    /**
     * A query has ended.
     *
     * @param verdict what the rules decided; null if that failed
     * @param reply what the client gets; null if nothing
     * @param nanos how long it took
     */
    void finished(Asker asker, QueryMessage query, @Nullable Verdict verdict, byte @Nullable [] reply, long nanos);
}

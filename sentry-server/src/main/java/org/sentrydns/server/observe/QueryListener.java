package org.sentrydns.server.observe;

/** Wants to know of each query. Thread-safe. */
@FunctionalInterface
public interface QueryListener {

    /** A query has ended. Called on the query's own thread: it must neither block nor throw. */
    void seen(QueryEvent event);
}

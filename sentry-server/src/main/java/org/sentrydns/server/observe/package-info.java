/**
 * Who looks on: what a query was and how it ended, for everybody who wants to know.
 *
 * <p>In: one call of {@code query} for each query that has ended, on the query's own thread. Out: figures, and a
 * {@link org.sentrydns.server.observe.QueryEvent} to each {@link org.sentrydns.server.observe.QueryListener}. Without
 * listeners no event is made; a listener never lets a query wait.
 */
@NullMarked
package org.sentrydns.server.observe;

import org.jspecify.annotations.NullMarked;

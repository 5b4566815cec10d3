/**
 * The query log: a line of JSON for each query, or for a share of them.
 *
 * <p>In: a {@link org.sentrydns.server.observe.QueryEvent} for each query. Out: a file that is put aside when it is large
 * or old, or standard output. Queries never wait for it: what does not fit is lost and counted, and the log says so. {@link
 * org.sentrydns.server.querylog.LoggedQuery} reads such a line again.
 */
@NullMarked
package org.sentrydns.server.querylog;

import org.jspecify.annotations.NullMarked;

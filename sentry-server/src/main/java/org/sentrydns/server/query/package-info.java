/**
 * The whole life of one query, in {@link org.sentrydns.server.query.QueryHandler}.
 *
 * <p>In: the bytes that a listener received, and who sent them. Out: the bytes of the reply, or nothing. Runs on the
 * query's own virtual thread. The rules decide ({@code rule}), upstreams are asked ({@code upstream}); what comes back is
 * made to fit the client's question here.
 */
@NullMarked
package org.sentrydns.server.query;

import org.jspecify.annotations.NullMarked;

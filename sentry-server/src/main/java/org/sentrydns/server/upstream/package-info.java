/**
 * Asking other resolvers.
 *
 * <p>In: a question, whom to ask and by which policy, and a deadline. Out: an {@link
 * org.sentrydns.server.upstream.UpstreamReply}, always by the deadline: the first successful reply, else the best failure,
 * else why there is none. {@link org.sentrydns.server.upstream.Upstreams} is the entry. Each attempt is an exchange:
 * over UDP, through sockets of the loop that carries the query, or over TCP, TLS or HTTPS.
 */
@NullMarked
package org.sentrydns.server.upstream;

import org.jspecify.annotations.NullMarked;

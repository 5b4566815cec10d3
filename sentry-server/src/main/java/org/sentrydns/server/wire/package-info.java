/**
 * DNS messages as bytes (RFC 1035 section 4.1): reading the few places that a proxy needs, without parsing the rest.
 *
 * <p>In: what a socket received. Out: {@link org.sentrydns.server.wire.QueryMessage} (a client's query, or why it is
 * none), {@link org.sentrydns.server.wire.MessageShape} (where the records of any message stand) and names as people
 * write them. Whoever needs records themselves uses dnsjava. Knows no other room.
 */
@NullMarked
package org.sentrydns.server.wire;

import org.jspecify.annotations.NullMarked;

/**
 * Sockets that clients talk to: bytes in, bytes out.
 *
 * <p>In: datagrams and connections. Each query gets a permit ({@link org.sentrydns.server.listen.Admission}) and then a
 * virtual thread of its own, on which the {@link org.sentrydns.server.listen.MessageHandler} makes the reply. Out: the
 * reply, from the address that the query came to. {@link org.sentrydns.server.listen.Listeners} opens and closes all.
 */
@NullMarked
package org.sentrydns.server.listen;

import org.jspecify.annotations.NullMarked;

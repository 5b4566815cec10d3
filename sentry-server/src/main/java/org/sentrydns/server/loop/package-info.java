/**
 * Loops: the threads that wait for datagrams and carry the queries' virtual threads.
 *
 * <p>In: channels to read and tasks for virtual threads. Out: a call when a channel has something, and virtual threads that
 * run where the datagram was read. A query that is answered at once thereby never changes the processor's thread, and one
 * that waits for an upstream goes on where the reply was read: no thread has to be woken for it. Listeners and upstream
 * sockets share the loops. Knows no other room.
 */
@NullMarked
package org.sentrydns.server.loop;

import org.jspecify.annotations.NullMarked;

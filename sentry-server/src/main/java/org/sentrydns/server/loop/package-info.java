/**
 * Loops: the threads that wait for datagrams and carry the queries' virtual threads.
 *
 * <p>In: channels to read and tasks for virtual threads. Out: a call when a channel has something, and virtual threads that
 * run where the datagram was read. A query that is answered at once thereby never changes the processor's thread, and one
 * that waits for an upstream goes on where the reply was read: no thread has to be woken for it. Listeners and upstream
 * sockets share the loops. A loop's turn: take what is there from each socket that has something, let each query run until
 * it ends or waits, send replies and questions to upstreams together. Taking and sending many with one system call saves
 * more than the calls: the kernel's code and ours run one after the other for many queries, and find in the processor's
 * caches what the query before has left there.
 *
 * <p>Threads for what no query waits for come from here too, since they have to leave the processors to the loops. Knows no
 * other room.
 */
@NullMarked
package org.sentrydns.server.loop;

import org.jspecify.annotations.NullMarked;

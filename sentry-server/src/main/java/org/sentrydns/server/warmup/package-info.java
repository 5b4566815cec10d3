/**
 * Exercise for a server that has just started, so that its first real load meets compiled code.
 *
 * <p>In: the rule types that were loaded. Out: nothing. A second set of sockets on loopback, with counters, a cache and an
 * upstream of its own, is queried in the background for a moment, until the real server has a load; that one's are not touched.
 *
 * <p>{@link org.sentrydns.server.warmup.HeadStart} comes before the server, so that its start need not wait for all that is made
 * once.
 */
@NullMarked
package org.sentrydns.server.warmup;

import org.jspecify.annotations.NullMarked;

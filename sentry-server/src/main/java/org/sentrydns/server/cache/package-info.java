/**
 * What upstreams answered, kept for as long as it is true.
 *
 * <p>In: a question and whom to ask. Out: a reply with its TTLs aged, from the cache ({@link
 * org.sentrydns.server.cache.ReplyCache}), from the same question that somebody else has in flight, or from the upstreams:
 * {@link org.sentrydns.server.cache.CachingResolver} is the entry. Replies are kept as bytes under everything that changes
 * the answer, the group of upstreams included. Rules stand above this room, so a changed rule bites at once.
 *
 * <p>The bytes lie in logs ({@link org.sentrydns.server.cache.EntryLog}), and not as objects: what is kept for seconds or
 * minutes and then goes would be moved by the collector again and again, and left where only a long pause frees it.
 */
@NullMarked
package org.sentrydns.server.cache;

import org.jspecify.annotations.NullMarked;

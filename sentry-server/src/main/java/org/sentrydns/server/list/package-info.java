/**
 * Domain lists: the {@code @name} subjects of rules.
 *
 * <p>In: files and http(s) addresses in any of the usual formats, recognised by content. Out: a
 * {@link org.sentrydns.server.list.DomainSet} a list, immutable and compact. {@link org.sentrydns.server.list.Lists} swaps
 * it as a whole when its source has changed, and keeps the last good copies of downloads. Rules keep a
 * {@link org.sentrydns.server.list.DomainList} and look names up in its set of the moment; {@code check} shows the
 * {@link org.sentrydns.server.list.ListReport}.
 */
@NullMarked
package org.sentrydns.server.list;

import org.jspecify.annotations.NullMarked;

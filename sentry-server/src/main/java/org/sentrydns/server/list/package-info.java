/**
 * Domain lists: the {@code @name} subjects of rules.
 *
 * <p>In: files and http(s) addresses in any of the usual formats, recognised by content. Out: a
 * {@link org.sentrydns.server.list.DomainSet} a list, immutable and compact, swapped as a whole when its source has
 * changed by {@link org.sentrydns.server.list.Lists}, which also keeps the last good copies of downloads. The rules look names up in it; {@code check} shows the {@link org.sentrydns.server.list.ListReport}.
 */
@NullMarked
package org.sentrydns.server.list;

import org.jspecify.annotations.NullMarked;

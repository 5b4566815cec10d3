/**
 * One whole of configuration, plugins, lists and rules.
 *
 * <p>In: the path of a configuration file. Out: an {@link org.sentrydns.server.edition.Edition}, read completely and checked,
 * or every mistake with its place. {@code cli} looks at editions, the server serves one after the other: an edition that is
 * replaced is closed, its class loaders with it, when its last query has ended ({@link
 * org.sentrydns.server.edition.Turnstile}). {@link org.sentrydns.server.edition.Watch} tells when the files behind an edition
 * have changed, {@link org.sentrydns.server.edition.ReloadResult} what came of reading them again.
 */
@NullMarked
package org.sentrydns.server.edition;

import org.jspecify.annotations.NullMarked;

/**
 * Plugin jars.
 *
 * <p>In: folders with jars. Out: the verbs that they bring ({@link org.sentrydns.server.plugin.Verb}), or one sentence that
 * names the jar that is wrong and why. PF4J keeps the jars and their class loaders; a plugin sees {@code sentry-api},
 * dnsjava and slf4j of the server, its own classes, and nothing else.
 * Jars are loaded from private copies, so that they can be replaced under a server that runs. What strangers hold is let go
 * of by a {@link org.sentrydns.server.plugin.Closer}, which waits for none of them for ever.
 */
@NullMarked
package org.sentrydns.server.plugin;

import org.jspecify.annotations.NullMarked;

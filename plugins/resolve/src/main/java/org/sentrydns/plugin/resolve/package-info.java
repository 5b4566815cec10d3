/**
 * The verb {@code resolve}. A matching query enters; the upstreams that the server should ask leave, and how. Nothing
 * here opens a socket.
 *
 * <p>Only {@link java.util.ServiceLoader} names {@link org.sentrydns.plugin.resolve.ResolveRuleType}; nobody else may
 * call.
 */
@NullMarked
package org.sentrydns.plugin.resolve;

import org.jspecify.annotations.NullMarked;

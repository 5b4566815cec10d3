/**
 * The verb {@code allow}. A matching query enters; it goes on, and the block rules behind are passed over.
 *
 * <p>Only {@link java.util.ServiceLoader} names {@link org.sentrydns.plugin.allow.AllowRuleType}; nobody else may call.
 */
@NullMarked
package org.sentrydns.plugin.allow;

import org.jspecify.annotations.NullMarked;

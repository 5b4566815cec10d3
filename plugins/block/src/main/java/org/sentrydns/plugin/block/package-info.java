/**
 * The verb {@code block}. A matching query enters; a reply without an answer leaves, or none at all, and one WARN line
 * of the logger {@code sentry.rules.block}.
 *
 * <p>Only {@link java.util.ServiceLoader} names {@link org.sentrydns.plugin.block.BlockRuleType}; nobody else may call.
 */
@NullMarked
package org.sentrydns.plugin.block;

import org.jspecify.annotations.NullMarked;

/**
 * The verb {@code log}. A matching query enters; one INFO line of the logger {@code sentry.rules.log} leaves, and the
 * next rule decides about the query.
 *
 * <p>Only {@link java.util.ServiceLoader} names {@link org.sentrydns.plugin.log.LogRuleType}; nobody else may call.
 */
@NullMarked
package org.sentrydns.plugin.log;

import org.jspecify.annotations.NullMarked;

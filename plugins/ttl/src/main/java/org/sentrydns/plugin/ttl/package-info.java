/**
 * The verb {@code ttl}. A matching query enters and goes on; its reply leaves with every TTL within bounds.
 *
 * <p>Only {@link java.util.ServiceLoader} names {@link org.sentrydns.plugin.ttl.TtlRuleType}; nobody else may call.
 */
@NullMarked
package org.sentrydns.plugin.ttl;

import org.jspecify.annotations.NullMarked;

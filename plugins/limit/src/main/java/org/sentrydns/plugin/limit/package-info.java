/**
 * The verb {@code limit}. A matching query enters; it goes on, or leaves without an answer if its client asks too often.
 *
 * <p>Only {@link java.util.ServiceLoader} names {@link org.sentrydns.plugin.limit.LimitRuleType}; nobody else may call.
 */
@NullMarked
package org.sentrydns.plugin.limit;

import org.jspecify.annotations.NullMarked;

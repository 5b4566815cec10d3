/**
 * The verb {@code filter}. A matching query enters and goes on; its reply leaves without the records of some types.
 *
 * <p>Only {@link java.util.ServiceLoader} names {@link org.sentrydns.plugin.filter.FilterRuleType}; nobody else may call.
 */
@NullMarked
package org.sentrydns.plugin.filter;

import org.jspecify.annotations.NullMarked;

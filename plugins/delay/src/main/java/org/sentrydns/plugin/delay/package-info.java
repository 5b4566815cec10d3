/**
 * The verb {@code delay}. A matching query enters, and goes on to the next rule after a while.
 *
 * <p>Only {@link java.util.ServiceLoader} names {@link org.sentrydns.plugin.delay.DelayRuleType}; nobody else may call.
 */
@NullMarked
package org.sentrydns.plugin.delay;

import org.jspecify.annotations.NullMarked;

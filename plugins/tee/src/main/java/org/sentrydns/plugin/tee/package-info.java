/**
 * The verb {@code tee}. A matching query enters and goes on; a copy of it leaves for another server, whose reply nobody reads.
 *
 * <p>Only {@link java.util.ServiceLoader} names {@link org.sentrydns.plugin.tee.TeeRuleType}; nobody else may call.
 */
@NullMarked
package org.sentrydns.plugin.tee;

import org.jspecify.annotations.NullMarked;

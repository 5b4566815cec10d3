/**
 * The verb {@code redirect}. A matching query enters; a CNAME leaves. Finding the target's records is the server's
 * work, where the rule asks for it.
 *
 * <p>Only {@link java.util.ServiceLoader} names {@link org.sentrydns.plugin.redirect.RedirectRuleType}; nobody else may
 * call.
 */
@NullMarked
package org.sentrydns.plugin.redirect;

import org.jspecify.annotations.NullMarked;

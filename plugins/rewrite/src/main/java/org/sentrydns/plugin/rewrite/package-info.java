/**
 * The verb {@code rewrite}. A matching query enters; the name under which it goes on leaves. That the client sees its
 * own question and owner names in the reply is the server's work.
 *
 * <p>Only {@link java.util.ServiceLoader} names {@link org.sentrydns.plugin.rewrite.RewriteRuleType}; nobody else may
 * call.
 */
@NullMarked
package org.sentrydns.plugin.rewrite;

import org.jspecify.annotations.NullMarked;

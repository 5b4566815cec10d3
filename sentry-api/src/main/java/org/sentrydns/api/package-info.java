/**
 * All that the author of a rule verb sees.
 *
 * <p>A verb is a {@link org.sentrydns.api.RuleType}, found by {@link java.util.ServiceLoader} in its plugin jar. It is
 * handed the text of each rule line that starts with its verb ({@link org.sentrydns.api.RuleText}) and turns it into a
 * {@link org.sentrydns.api.Rule}. The rule is handed each {@link org.sentrydns.api.Query} that its subject and its
 * conditions matched, and says what should happen as an {@link org.sentrydns.api.Outcome}; it may also ask to see the reply on
 * its way back ({@link org.sentrydns.api.ReplyFilter}). Settings, metrics and a log come as a
 * {@link org.sentrydns.api.PluginContext}. Matching, conditions,
 * forwarding, undoing a rewrite and counting are the server's work.
 *
 * <p>The vocabulary of names, records and codes is dnsjava's ({@code org.xbill.DNS}). Nothing here knows the server.
 */
@NullMarked
package org.sentrydns.api;

import org.jspecify.annotations.NullMarked;

/**
 * The verb {@code answer}. A matching query enters; the record that the rule line spells out leaves, under the query's
 * name, or an empty reply if the query is for another type.
 *
 * <p>Only {@link java.util.ServiceLoader} names {@link org.sentrydns.plugin.answer.AnswerRuleType}; nobody else may
 * call.
 */
@NullMarked
package org.sentrydns.plugin.answer;

import org.jspecify.annotations.NullMarked;

/**
 * Rule lines, read into a {@link org.sentrydns.server.rule.RuleBook} that decides about queries.
 *
 * <p>In: located lines from {@code config}, verbs from {@code plugin}. Out: a {@link org.sentrydns.server.rule.Verdict} a
 * query. Every line is a verb, a subject (which names), the verb's own arguments, and conditions (which queries); this
 * room knows all of it but the arguments, which the verb's {@link org.sentrydns.api.RuleType} reads.
 *
 * <p>Why it is so is an {@link org.sentrydns.server.rule.Explanation}: what each rule says about one {@link
 * org.sentrydns.server.rule.Question}, as data for {@code explain} and the HTTP API ({@link
 * org.sentrydns.server.rule.ExplanationTree}). {@link org.sentrydns.server.rule.Expectations} holds a book against what the
 * user expects of it. Rules in shadow are tried, counted and told of, and decide nothing.
 */
@NullMarked
package org.sentrydns.server.rule;

import org.jspecify.annotations.NullMarked;

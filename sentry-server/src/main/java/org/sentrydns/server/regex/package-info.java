/**
 * Regular expressions over domain names: which of very many match a name, at the cost of one.
 *
 * <p>In: regular expressions as people write them ({@link org.sentrydns.server.regex.NamePattern}), and names. Out: the
 * few expressions that may match a name, in order ({@link org.sentrydns.server.regex.PatternIndex}), and whether one
 * really does. An expression is read once into a tree ({@code RegexParser}, {@code Node}); what every match must contain is
 * drawn from the tree ({@code LiteralExtraction}, whose essay is the place to start), as is what stands beside that ({@code
 * Neighbourhood}) and how matches begin and end ({@code Outline}); a trie of all literals and a table over all outlines then pass over the name once. What is left
 * is confirmed by {@code java.util.regex}, which has a budget, or by an automaton that never goes back.
 *
 * <p>Knows no other room. Rules and lists may call.
 */
@NullMarked
package org.sentrydns.server.regex;

import org.jspecify.annotations.NullMarked;

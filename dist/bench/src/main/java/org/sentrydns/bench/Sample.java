package org.sentrydns.bench;

/**
 * An expression and what it is there for.
 *
 * @param regex as it stands in a rule
 * @param name a name that it matches, without the final dot
 */
public record Sample(String regex, String name) {}

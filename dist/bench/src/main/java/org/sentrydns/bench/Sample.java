package org.sentrydns.bench;

/**
 * An expression and what it is there for.
 *
 * @param regex as it stands in a rule
 * @param name a name that it matches, without the final dot
 * @param literal whether its matches have a string of letters in common, or one of some
 */
public record Sample(String regex, String name, boolean literal) {
    Sample(String regex, String name) {
        this(regex, name, true);
    }
}

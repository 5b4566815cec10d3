package org.sentrydns.server.regex;

/**
 * The symbols that may stand beside a string where it is found, if an expression is to match there. Immutable.
 *
 * @param before one of these, or nothing at all
 * @param after one of these, or nothing at all
 */
record Neighbours(CharSet before, CharSet after) {
    static final Neighbours ANY = new Neighbours(CharSet.ALL, CharSet.ALL);
}

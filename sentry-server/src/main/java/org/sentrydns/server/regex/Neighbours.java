package org.sentrydns.server.regex;

import org.jspecify.annotations.Nullable;

/**
 * The symbols that may stand beside a string where it is found, if an expression is to match there. Immutable.
 *
 * @param before one of these, or nothing at all
 * @param after one of these, or nothing at all
 */
record Neighbours(CharSet before, CharSet after) {
    static final Neighbours ANY = new Neighbours(CharSet.ALL, CharSet.ALL);

    // As CharSet's.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Neighbours that && before.equals(that.before) && after.equals(that.after);
    }

    @Override
    public int hashCode() {
        return 31 * before.hashCode() + after.hashCode();
    }
}

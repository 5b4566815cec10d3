package org.sentrydns.server.regex;

/**
 * What every name that an expression matches must contain. Immutable.
 *
 * @param literals one of these; the empty string says nothing
 * @param decisive whether each name that contains one matches
 */
record Requirement(Strings literals, boolean decisive) {
    static final Requirement UNKNOWN = new Requirement(Strings.EMPTY, false);

    /** Every name matches. */
    boolean isAlways() {
        return decisive && literals.saysNothing();
    }

    /** Needed, but not enough. */
    Requirement only() {
        return new Requirement(literals, false);
    }
}

package org.sentrydns.api;

/**
 * A rule line that cannot be understood: what is wrong, where, and what was expected.
 *
 * @since 1.0
 */
public final class RuleSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int column;

    /**
     * Made most easily by {@link RuleText#error}.
     *
     * @param column where in the rule line, counted from 1
     * @param message what is wrong and what was expected, without the position
     * @since 1.0
     */
    public RuleSyntaxException(int column, String message) {
        super(message);
        this.column = column;
    }

    /**
     * Where the mistake is.
     *
     * @return the column in the rule line, counted from 1
     * @since 1.0
     */
    public int column() {
        return column;
    }
}

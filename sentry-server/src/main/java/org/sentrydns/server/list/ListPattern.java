package org.sentrydns.server.list;

import java.util.regex.Pattern;

/**
 * A regular expression of a list, searched in a name. Immutable.
 *
 * @param dotted whether the name with its final dot is tried as well, as for the subjects of rules; not for an expression
 *     that stands for an AdBlock rule, which knows no final dot
 */
record ListPattern(Pattern pattern, boolean dotted, Meaning meaning, int line) {

    boolean matches(String name, String nameWithDot) {
        return isIn(name) || (dotted && isIn(nameWithDot));
    }

    private boolean isIn(String text) {
        try {
            return pattern.matcher(new BudgetedName(text)).find();
        } catch (BudgetedName.ExhaustedException e) {
            // An entry that cannot be decided must not match.
            return false;
        }
    }
}

package org.sentrydns.server.list;

import java.util.List;

/**
 * What was found in a list. Immutable.
 *
 * @param names names that match, each once
 * @param exceptions names that are taken out again
 * @param patterns regular expressions
 * @param duplicates lines that say what an earlier one said
 * @param ignored lines that are none of DNS's business, such as cosmetic rules; not blank lines and comments
 * @param unreadable how many lines could not be read
 * @param firstUnreadable the first of them
 */
public record ListReport(
        int names,
        int exceptions,
        int patterns,
        int duplicates,
        int ignored,
        int unreadable,
        List<BadLine> firstUnreadable) {

    /** How many unreadable lines are kept to be shown. */
    public static final int SHOWN = 10;

    /**
     * A line that could not be read.
     *
     * @param number counted from 1
     * @param text the line, cut if it is very long
     * @param reason what is wrong and what was expected
     */
    public record BadLine(int number, String text, String reason) {}

    /** All that the list says about names. */
    public int entries() {
        return names + exceptions + patterns;
    }
}

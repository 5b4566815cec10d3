package org.sentrydns.server.regex;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Finds an end of the name in what must not be there, {@code (?!x$)} or {@code (?<!x)$}. A name is searched without and with
 * its final dot, and at most one of these forms ends so: in the other one it is not there, and the expression matches.
 */
public final class ForbiddenEnd {
    private static final String EITHER_END = "\\.?";

    private ForbiddenEnd() {}

    /**
     * Where such a group starts, unless it allows for the dot by {@code \.?} before the end; -1 if there is none.
     *
     * @param regex one that can be compiled
     */
    public static int in(String regex) {
        Deque<Integer> open = new ArrayDeque<>();
        for (int at = 0; at < regex.length(); at++) {
            switch (regex.charAt(at)) {
                case '\\' -> at = isQuoted(regex, at) ? endOfQuote(regex, at) : at + 1;
                case '[' -> at = endOfClass(regex, at);
                case '(' -> open.push(at);
                case ')' -> {
                    int start = open.isEmpty() ? 0 : open.pop();
                    if (isBehind(regex, start, at)) {
                        return start;
                    }
                }
                case '$' -> {
                    int start = ahead(regex, open);
                    if (start >= 0 && !regex.startsWith(EITHER_END, at - EITHER_END.length())) {
                        return start;
                    }
                }
                default -> {}
            }
        }
        return -1;
    }

    /** Where the innermost negative look-ahead starts that is open, or -1. */
    private static int ahead(String regex, Deque<Integer> open) {
        return open.stream()
                .filter(start -> regex.startsWith("(?!", start))
                .findFirst()
                .orElse(-1);
    }

    private static boolean isBehind(String regex, int start, int end) {
        return regex.startsWith("(?<!", start)
                && regex.startsWith("$", end + 1)
                && !regex.startsWith(EITHER_END, end - EITHER_END.length());
    }

    private static boolean isQuoted(String regex, int at) {
        return regex.startsWith("\\Q", at);
    }

    private static int endOfQuote(String regex, int at) {
        int end = regex.indexOf("\\E", at);
        return end < 0 ? regex.length() : end + 1;
    }

    private static int endOfClass(String regex, int at) {
        int depth = 0;
        for (int i = at; i < regex.length(); i++) {
            switch (regex.charAt(i)) {
                case '\\' -> i++;
                case '[' -> depth++;
                case ']' -> {
                    // A bracket that comes first, perhaps behind ^, is one of the characters.
                    boolean first = i == at + 1 || (i == at + 2 && regex.charAt(at + 1) == '^');
                    depth -= first ? 0 : 1;
                    if (depth == 0) {
                        return i;
                    }
                }
                default -> {}
            }
        }
        return regex.length();
    }
}

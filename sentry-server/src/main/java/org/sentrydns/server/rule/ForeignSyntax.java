package org.sentrydns.server.rule;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What other programs write and Java's regular expressions read as something else. Immutable.
 *
 * @param offset where it stands in the expression, counted from 0
 * @param message what it means here, and what to write
 */
record ForeignSyntax(int offset, String message) {
    private static final Pattern POSIX_CLASS = Pattern.compile("\\[:([a-z]+):]");
    private static final Pattern ADBLOCK =
            Pattern.compile("\\|{1,2}([a-z0-9.-]+)\\^?(?:\\$.*)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern SLASHES = Pattern.compile("/.*/");
    private static final Pattern GLOB = Pattern.compile("\\*\\.([a-z0-9.-]+)", Pattern.CASE_INSENSITIVE);

    /** The first that is found. */
    static Optional<ForeignSyntax> in(String expression) {
        Matcher posix = POSIX_CLASS.matcher(expression);
        if (posix.find()) {
            return Optional.of(new ForeignSyntax(
                    posix.start(),
                    posix.group() + " stands for its own letters in a Java regular expression: write "
                            + javas(posix.group(1))));
        }
        Matcher adblock = ADBLOCK.matcher(expression);
        if (adblock.matches()) {
            return Optional.of(new ForeignSyntax(
                    0,
                    "as a regular expression this matches every name: write " + below(adblock.group(1))
                            + ", or put the line into a list"));
        }
        if (SLASHES.matcher(expression).matches()) {
            return Optional.of(
                    new ForeignSyntax(0, "the slashes belong to the expression, and names have none: leave them out"));
        }
        int empty = emptyAlternative(expression);
        return empty < 0
                ? Optional.empty()
                : Optional.of(new ForeignSyntax(
                        empty, "beside this | is nothing, so that the expression matches every name"));
    }

    /** How to write what an expression such as {@code *.example.com}, which is none, is meant to say. */
    static Optional<String> hint(String expression) {
        Matcher glob = GLOB.matcher(expression);
        return glob.matches() ? Optional.of("write \\." + escaped(glob.group(1)) + "$") : Optional.empty();
    }

    private static String below(String name) {
        return "(^|\\.)" + escaped(name) + "$";
    }

    private static String escaped(String name) {
        return name.replace(".", "\\.");
    }

    private static String javas(String posix) {
        return switch (posix) {
            case "word" -> "\\w";
            case "xdigit" -> "\\p{XDigit}";
            case "ascii" -> "\\p{ASCII}";
            default -> "\\p{" + posix.substring(0, 1).toUpperCase(Locale.ROOT) + posix.substring(1) + "}";
        };
    }

    /** Outside of groups and classes, where it would be a choice that somebody may well mean. */
    private static int emptyAlternative(String expression) {
        int depth = 0;
        int start = 0;
        for (int i = 0; i < expression.length(); i++) {
            switch (expression.charAt(i)) {
                case '\\' -> i++;
                case '(', '[' -> depth++;
                case ')', ']' -> depth--;
                case '|' -> {
                    if (depth == 0 && i == start) {
                        return i;
                    }
                    start = depth == 0 ? i + 1 : start;
                }
                default -> {}
            }
        }
        return start > 0 && start == expression.length() ? start - 1 : -1;
    }
}

package org.sentrydns.server.config;

/**
 * A text and where it came from. Immutable.
 *
 * @param file how to name it in messages
 * @param text its characters
 */
public record SourceText(String file, String text) {

    Problem problem(int offset, String message) {
        int at = Math.min(offset, text.length());
        int lineStart = text.lastIndexOf('\n', at - 1) + 1;
        int lineEnd = text.indexOf('\n', at);
        String line = text.substring(lineStart, lineEnd < 0 ? text.length() : lineEnd);
        int number =
                1 + (int) text.chars().limit(lineStart).filter(c -> c == '\n').count();
        return new Problem(file, number, at - lineStart + 1, line.stripTrailing(), message);
    }
}

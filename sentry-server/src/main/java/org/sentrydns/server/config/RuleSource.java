package org.sentrydns.server.config;

/**
 * One rule line and where it stands. Immutable.
 *
 * @param text the line without surrounding spaces
 * @param source the file
 * @param string the offset of the JSON string's opening quote
 * @param start where the line starts in the decoded string
 */
public record RuleSource(String text, SourceText source, int string, int start) {

    /**
     * A mistake in this line.
     *
     * @param column counted from 1 in {@link #text}
     * @param message what is wrong and what was expected
     * @return the problem, placed in the file
     */
    public Problem problem(int column, String message) {
        // A verb may be a stranger's, and its columns too.
        int here = Math.clamp(column, 1, text.length() + 1);
        return source.problem(rawOffset(start + here - 1), message);
    }

    /** How messages name this line's place. */
    public String place() {
        return source.place(rawOffset(start));
    }

    /** Walks the string as it is written: an escape is one character, but several in the file. */
    private int rawOffset(int decoded) {
        String raw = source.text();
        int at = string + 1;
        for (int i = 0; i < decoded && at < raw.length(); i++) {
            if (raw.charAt(at) == '\\' && at + 1 < raw.length()) {
                at += raw.charAt(at + 1) == 'u' ? 6 : 2;
            } else {
                at++;
            }
        }
        return at;
    }
}

package org.sentrydns.server.config;

/**
 * One mistake of the user's, to be shown with its place. Immutable.
 *
 * @param file the file as the user named it
 * @param line counted from 1
 * @param column counted from 1
 * @param text the whole line
 * @param message what is wrong and what was expected
 */
public record Problem(String file, int line, int column, String text, String message) {

    /**
     * The form people see: place and message, the line, a caret.
     *
     * @return three lines
     */
    @Override
    public String toString() {
        StringBuilder caret = new StringBuilder();
        for (int i = 0; i < column - 1; i++) {
            caret.append(i < text.length() && text.charAt(i) == '\t' ? '\t' : ' ');
        }
        return file + ":" + line + ":" + column + ": " + message + "\n" + text + "\n" + caret + "^";
    }
}

package org.sentrydns.server.config;

/**
 * One mistake of the user's, to be shown with its place. Immutable.
 *
 * @param file the file as the user named it
 * @param line counted from 1
 * @param column counted from 1
 * @param text the line, or of a long one what stands around the place
 * @param caret where the place is in the text, counted from 0
 * @param message what is wrong and what was expected
 */
public record Problem(String file, int line, int column, String text, int caret, String message) {

    /**
     * The form people see: place and message, the line, a caret.
     *
     * @return three lines
     */
    @Override
    public String toString() {
        StringBuilder blank = new StringBuilder();
        for (int i = 0; i < caret; i++) {
            blank.append(i < text.length() && text.charAt(i) == '\t' ? '\t' : ' ');
        }
        return file + ":" + line + ":" + column + ": " + message + "\n" + text + "\n" + blank + "^";
    }
}

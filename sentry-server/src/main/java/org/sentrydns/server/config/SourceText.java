package org.sentrydns.server.config;

import java.util.Arrays;
import java.util.stream.IntStream;

/** A text and where it came from. Immutable. */
public final class SourceText {
    private final String file;
    private final String text;
    /** The offsets of the lines' first characters: there may be a million rules to be found. */
    private final int[] lines;

    /**
     * @param file how to name it in messages
     * @param text its characters
     */
    public SourceText(String file, String text) {
        this.file = file;
        this.text = text;
        this.lines = IntStream.concat(
                        IntStream.of(0),
                        IntStream.range(0, text.length())
                                .filter(i -> text.charAt(i) == '\n')
                                .map(i -> i + 1))
                .toArray();
    }

    /** How messages name it. */
    public String file() {
        return file;
    }

    /** Its characters. */
    public String text() {
        return text;
    }

    Problem problem(int offset, String message) {
        int at = Math.min(offset, text.length());
        int found = Arrays.binarySearch(lines, at);
        int line = found >= 0 ? found : -found - 2;
        int end = line + 1 < lines.length ? lines[line + 1] - 1 : text.length();
        String shown = text.substring(lines[line], end).stripTrailing();
        return new Problem(file, line + 1, at - lines[line] + 1, shown, message);
    }
}

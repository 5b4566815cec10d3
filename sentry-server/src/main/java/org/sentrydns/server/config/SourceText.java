package org.sentrydns.server.config;

import java.util.Arrays;
import java.util.stream.IntStream;

/** A text and where it came from. Immutable. */
public final class SourceText {
    /** Characters that are shown before and behind a place at most. */
    private static final int AROUND = 150;

    private static final String CUT = "…";

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

    /** How messages name the place of a character: {@code file:line}. */
    String place(int offset) {
        return file + ":" + (line(offset) + 1);
    }

    /** Counted from 0. */
    private int line(int offset) {
        int found = Arrays.binarySearch(lines, offset);
        return found >= 0 ? found : -found - 2;
    }

    /** Of a long line, such as a whole file that a program wrote, only what stands around the place is shown. */
    Problem problem(int offset, String message) {
        int at = Math.min(offset, text.length());
        int line = line(at);
        int begin = lines[line];
        int end = line + 1 < lines.length ? lines[line + 1] - 1 : text.length();
        int from = at - begin > AROUND ? at - AROUND : begin;
        int to = end - at > AROUND ? at + AROUND : end;
        String before = from > begin ? CUT : "";
        String shown = before + text.substring(from, to).stripTrailing() + (to < end ? CUT : "");
        return new Problem(file, line + 1, at - begin + 1, shown, before.length() + at - from, message);
    }
}

package org.sentrydns.server.list;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A line of a list, without the white space around it. Used again for each line. Confined to one thread. */
final class Line {
    private byte[] bytes = {};
    private int start;
    private int end;
    private int number;
    private boolean indented;
    private boolean tooLong;
    /** Where the words start and end. */
    private int[] bounds = new int[16];

    private int words;
    private boolean cosmetic;

    void set(byte[] buffer, int from, int to, int lineNumber, boolean isTooLong) {
        bytes = buffer;
        start = from;
        end = to;
        number = lineNumber;
        tooLong = isTooLong;
        while (start < end && isSpace(bytes[start])) {
            start++;
        }
        while (start < end && isSpace(bytes[end - 1])) {
            end--;
        }
        indented = start > from;
    }

    byte[] bytes() {
        return bytes;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    int number() {
        return number;
    }

    /** Whether white space stands in front: in a zone, that is the name of the record before. */
    boolean indented() {
        return indented;
    }

    boolean tooLong() {
        return tooLong;
    }

    boolean isEmpty() {
        return start == end;
    }

    /** A byte, or 0 behind the end. */
    int at(int offset) {
        return start + offset < end ? bytes[start + offset] : 0;
    }

    boolean startsWith(String ascii) {
        for (int i = 0; i < ascii.length(); i++) {
            if (at(i) != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** @param upper ASCII, in capitals */
    boolean startsWithIgnoringCase(String upper) {
        for (int i = 0; i < upper.length(); i++) {
            if (Character.toUpperCase(at(i)) != upper.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    String text() {
        return text(start, end);
    }

    private String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    /** Finds the words in front of a comment. */
    void split() {
        words = 0;
        cosmetic = false;
        boolean inWord = false;
        int at = start;
        while (at < end && !endsAt(at, inWord)) {
            boolean space = isSpace(bytes[at]);
            if (inWord == space) {
                bound(at);
                inWord = !inWord;
            }
            at++;
        }
        if (inWord) {
            bound(at);
        }
        words /= 2;
    }

    private boolean endsAt(int at, boolean inWord) {
        return switch (bytes[at]) {
            case '#' -> {
                cosmetic |= inWord && Cosmetic.startsAt(bytes, at, end);
                yield true;
            }
            case ';' -> true;
            case '!' -> !inWord;
            case '/' -> !inWord && at + 1 < end && bytes[at + 1] == '/';
            default -> false;
        };
    }

    private void bound(int at) {
        if (words == bounds.length) {
            bounds = Arrays.copyOf(bounds, words * 2);
        }
        bounds[words++] = at;
    }

    /** Whether {@link #split} came upon a rule about a page's looks. */
    boolean cosmetic() {
        return cosmetic;
    }

    int words() {
        return words;
    }

    int wordStart(int word) {
        return bounds[2 * word];
    }

    int wordEnd(int word) {
        return bounds[2 * word + 1];
    }

    String word(int word) {
        return text(wordStart(word), wordEnd(word));
    }

    static boolean isSpace(byte b) {
        return b == ' ' || (b >= '\t' && b <= '\r');
    }
}

package org.sentrydns.server.rule;

import java.util.ArrayList;
import java.util.List;

/** Cuts a rule line into words that know their places. */
final class Words {
    private Words() {}

    /**
     * A word of a line.
     *
     * @param text the word
     * @param column where it starts, counted from 1
     */
    record Word(String text, int column) {
        int end() {
            return column - 1 + text.length();
        }
    }

    /** What stands between spaces; a double-quoted part is not cut. */
    static List<Word> of(String line) {
        List<Word> words = new ArrayList<>();
        int at = 0;
        while (at < line.length()) {
            if (isSpace(line.charAt(at))) {
                at++;
            } else {
                int start = at;
                at = endOfWord(line, at);
                words.add(new Word(line.substring(start, at), start + 1));
            }
        }
        return words;
    }

    private static int endOfWord(String line, int start) {
        int at = start;
        while (at < line.length() && !isSpace(line.charAt(at))) {
            int close = line.charAt(at) == '"' && at == start ? closingQuote(line, at) : -1;
            at = close < 0 ? at + 1 : close + 1;
        }
        return at;
    }

    private static int closingQuote(String line, int open) {
        for (int at = open + 1; at < line.length(); at++) {
            if (line.charAt(at) == '\\') {
                at++;
            } else if (line.charAt(at) == '"') {
                return at;
            }
        }
        return -1;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }
}

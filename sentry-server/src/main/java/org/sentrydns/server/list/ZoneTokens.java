package org.sentrydns.server.list;

import java.util.ArrayList;
import java.util.List;

/** Cuts the lines of a zone file into the words of a record, which parentheses spread over lines. Confined to one thread. */
final class ZoneTokens {
    private final List<String> tokens = new ArrayList<>();
    private int depth;
    private int lines;

    /** Forgets the record. */
    void clear() {
        tokens.clear();
        depth = 0;
        lines = 0;
    }

    boolean isOpen() {
        return depth > 0;
    }

    int lines() {
        return lines;
    }

    /** The words of the record. */
    List<String> tokens() {
        return tokens;
    }

    void add(String line) {
        lines++;
        int at = 0;
        while (at < line.length() && line.charAt(at) != ';') {
            char c = line.charAt(at);
            if (c == '(' || c == ')') {
                depth = Math.max(0, depth + (c == '(' ? 1 : -1));
                at++;
            } else if (isSpace(c)) {
                at++;
            } else {
                int end = c == '"' ? endOfQuoted(line, at) : endOfWord(line, at);
                tokens.add(line.substring(at, end));
                at = end;
            }
        }
    }

    private static int endOfQuoted(String line, int start) {
        int at = start + 1;
        while (at < line.length() && line.charAt(at) != '"') {
            at += line.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(line.length(), at + 1);
    }

    private static int endOfWord(String line, int start) {
        int at = start;
        while (at < line.length() && !isSpace(line.charAt(at)) && "();".indexOf(line.charAt(at)) < 0) {
            at += line.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(line.length(), at);
    }

    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }
}

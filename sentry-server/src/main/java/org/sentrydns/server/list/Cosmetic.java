package org.sentrydns.server.list;

import java.nio.charset.StandardCharsets;

/** Recognises rules about a page's looks, which browsers follow: {@code example.com##.banner}. */
final class Cosmetic {
    private Cosmetic() {}

    /** Whether the number sign at an offset begins such a rule, not a comment: ## #@# #?# #$# #%# #@?# #$?# ... */
    static boolean startsAt(byte[] text, int hash, int end) {
        int at = hash + 1;
        while (at < end && at < hash + 4 && isMark(text[at])) {
            at++;
        }
        return at < end && text[at] == '#';
    }

    private static boolean isMark(byte b) {
        return b == '@' || b == '?' || b == '$' || b == '%';
    }

    /** The same for a line that starts with a number sign, where a comment may start with two of them as well. */
    static boolean startsLine(Line line) {
        if (!startsAt(line.bytes(), line.start(), line.end())) {
            return false;
        }
        int second = 1;
        while (line.at(second) != '#') {
            second++;
        }
        return isSelector(line.at(second + 1)) || (line.at(second + 1) == '#' && isLetter(line.at(second + 2)));
    }

    private static boolean isSelector(int b) {
        return isLetter(b) || (b != 0 && ".[*+^:".indexOf(b) >= 0);
    }

    private static boolean isLetter(int b) {
        return b == '_' || b == '-' || (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
    }

    /** Whether a rule of an AdBlock list is one. */
    static boolean isIn(String rule) {
        byte[] text = rule.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < text.length; at++) {
            if (text[at] == '#' && startsAt(text, at, text.length)) {
                return true;
            }
        }
        return rule.contains("$$") || rule.contains("$@$");
    }
}

package org.sentrydns.server.regex;

import org.jspecify.annotations.Nullable;
import org.sentrydns.server.regex.RegexParser.InDoubtException;

/** Escapes that stand for characters, inside and outside of classes. Immutable. */
record Escapes(String regex) {
    private static final CharSet DIGITS = CharSet.range('0', '9');
    private static final CharSet WORD =
            DIGITS.or(CharSet.range('a', 'z')).or(CharSet.range('A', 'Z')).or(CharSet.of('_'));
    private static final CharSet SPACES = CharSet.range(9, 13).or(CharSet.of(' '));

    /**
     * What an escape stands for.
     *
     * @param single the character, or -1 for a set
     * @param set the characters of ASCII; null if unknown
     * @param end the offset behind it
     */
    record Read(int single, @Nullable CharSet set, int end) {
        Node node(boolean eitherCase) {
            if (single >= 0) {
                return Escapes.single(single, eitherCase);
            }
            return set == null ? unknown() : new Node.Chars(set.folded());
        }
    }

    /** Some character: the set that a class such as {@code \p{Alpha}} stands for depends on flags. */
    static Node unknown() {
        return new Node.AtMost(new Node.Chars(CharSet.ANY));
    }

    static Node single(int c, boolean eitherCase) {
        if (c > 127) {
            return unknown();
        }
        Node node = new Node.Chars(CharSet.of((char) c).folded());
        return eitherCase || !Character.isLetter(c) ? node : new Node.AtMost(node);
    }

    /** @param start the offset of the character behind the backslash */
    Read read(int start) {
        char c = regex.charAt(start);
        return switch (c) {
            case 'd' -> set(DIGITS, start);
            case 'D' -> set(DIGITS.complement(), start);
            case 'w' -> set(WORD, start);
            case 'W' -> set(WORD.complement(), start);
            case 's', 'h', 'v' -> set(SPACES, start);
            case 'S', 'H', 'V' -> set(SPACES.complement(), start);
            case 'p', 'P' -> new Read(-1, null, property(start + 1));
            case 'x' -> hex(start + 1, 2);
            case 'u' -> hex(start + 1, 4);
            case 't' -> new Read('\t', null, start + 1);
            case 'n' -> new Read('\n', null, start + 1);
            case 'r' -> new Read('\r', null, start + 1);
            case 'f' -> new Read('\f', null, start + 1);
            case 'a' -> new Read(7, null, start + 1);
            case 'e' -> new Read(27, null, start + 1);
            default -> {
                if (Character.isLetterOrDigit(c)) {
                    throw new InDoubtException();
                }
                yield new Read(c, null, start + 1);
            }
        };
    }

    private static Read set(CharSet set, int start) {
        return new Read(-1, set, start + 1);
    }

    /** {@code \p{Name}} or {@code \pL}. */
    private int property(int start) {
        if (start < regex.length() && regex.charAt(start) == '{') {
            return regex.indexOf('}', start) + 1;
        }
        return start + 1;
    }

    private Read hex(int start, int digits) {
        int end = start + digits;
        if (end > regex.length() || !regex.substring(start, end).matches("[0-9A-Fa-f]+")) {
            throw new InDoubtException();
        }
        return new Read(Integer.parseInt(regex.substring(start, end), 16), null, end);
    }
}

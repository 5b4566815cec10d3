package org.sentrydns.server.list;

/** Text of a list in a message: cut, and without characters that would do something to a terminal. */
final class BadText {
    private static final int LONGEST = 120;

    private BadText() {}

    static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(LONGEST).map(c -> isPrintable(c) ? c : 0xfffd).forEach(shown::appendCodePoint);
        return text.codePointCount(0, text.length()) > LONGEST
                ? shown.append('…').toString()
                : shown.toString();
    }

    static String character(char c) {
        return isPrintable(c) && c != ' ' ? "'" + c + "'" : String.format("the character U+%04X", (int) c);
    }

    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}

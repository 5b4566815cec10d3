package org.sentrydns.server.list;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Watches the bytes of a list on their way to its reader: fails when they are no text, and remembers whether a comment says
 * that it is empty. Confined to one thread.
 */
final class TextGuard extends FilterInputStream {
    /** An archive or a picture has control bytes from its start; far behind, a single one is a bad line, not another file. */
    private static final int START = 1024;

    private static final int BOM = 3;

    private static final String WORD = "empty";

    private long seen;
    private Place place = Place.BLANK;
    /** How much of the word the comment's last bytes are. */
    private int matched;

    private boolean behindLetter;
    private boolean saysEmpty;

    /** What a line is, by its bytes so far. */
    private enum Place {
        BLANK,
        SLASH,
        COMMENT,
        TEXT
    }

    TextGuard(InputStream in) {
        super(in);
    }

    /** Whether a comment has the word {@value #WORD}, in either case: each list has comments, which a broken one keeps. */
    boolean saysEmpty() {
        return saysEmpty || (place == Place.COMMENT && matched == WORD.length());
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        if (next >= 0) {
            look((byte) next);
        }
        return next;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        for (int i = 0; i < count; i++) {
            look(buffer[offset + i]);
        }
        return count;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void look(byte b) throws IOException {
        seen++;
        if (b == '\n') {
            saysEmpty |= place == Place.COMMENT && matched == WORD.length();
            matched = 0;
            place = Place.BLANK;
        } else if (place != Place.COMMENT) {
            if (isControl(b) && (b == 0 || seen <= START)) {
                throw new IOException("it is no text in UTF-8 (byte " + seen + " is a control character)");
            }
            place = after(b);
            matched = 0;
            behindLetter = false;
        } else {
            match(b);
        }
    }

    private void match(byte b) {
        int letter = b | 0x20;
        boolean isLetter = letter >= 'a' && letter <= 'z';
        if (!isLetter) {
            saysEmpty |= matched == WORD.length();
            matched = 0;
        } else if (matched < WORD.length() && letter == WORD.charAt(matched) && (matched > 0 || !behindLetter)) {
            matched++;
        } else {
            matched = 0;
        }
        behindLetter = isLetter;
    }

    private Place after(byte b) {
        return switch (place) {
            case BLANK ->
                switch (b) {
                    case '#', '!', ';' -> Place.COMMENT;
                    case '/' -> Place.SLASH;
                    default -> Line.isSpace(b) || (b < 0 && seen <= BOM) ? Place.BLANK : Place.TEXT;
                };
            case SLASH -> b == '/' ? Place.COMMENT : Place.TEXT;
            case COMMENT, TEXT -> place;
        };
    }

    private static boolean isControl(byte b) {
        return (b >= 0 && b < ' ' && !Line.isSpace(b)) || b == 0x7f;
    }
}

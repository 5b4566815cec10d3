package org.sentrydns.server.wire;

/** Domain names in wire form: labels with their lengths, ended by an empty one (RFC 1035 section 3.1). */
public final class WireName {
    private static final int MAX_NAME = 255;
    private static final int MAX_LABEL = 63;
    /** As many as a name has labels; more pointers would lead to pointers, only to keep us busy. */
    private static final int MAX_POINTERS = 127;

    private WireName() {}

    /**
     * Finds the end of a name that must not be compressed, as in a question.
     *
     * @return the offset behind it, or -1 if no name stands there
     */
    static int endOfPlain(byte[] message, int start, int limit) {
        int at = start;
        while (at < limit) {
            int length = message[at] & 0xff;
            if (length == 0) {
                return at + 1 - start <= MAX_NAME ? at + 1 : -1;
            }
            if (length > MAX_LABEL) {
                return -1;
            }
            at += 1 + length;
        }
        return -1;
    }

    /**
     * Finds the end of a name that may be compressed. Checks that its pointers, of which there are few, lead backwards to a
     * whole name of at most 255 bytes.
     *
     * @return the offset behind it, or -1 if no name stands there
     */
    static int end(byte[] message, int start, int limit) {
        int at = start;
        int end = -1;
        int bytes = 1;
        int pointers = 0;
        int lowest = start;
        while (at < limit && bytes <= MAX_NAME && pointers <= MAX_POINTERS) {
            int length = message[at] & 0xff;
            if (length == 0) {
                return end < 0 ? at + 1 : end;
            }
            if (length <= MAX_LABEL) {
                bytes += 1 + length;
                at += 1 + length;
            } else if (length >= 0xc0 && at + 1 < limit) {
                int target = (length & 0x3f) << 8 | (message[at + 1] & 0xff);
                if (target >= lowest || target < Header.LENGTH) {
                    return -1;
                }
                end = end < 0 ? at + 2 : end;
                lowest = target;
                at = target;
                pointers++;
            } else {
                return -1;
            }
        }
        return -1;
    }

    /**
     * A name without compression, its ASCII letters in lower case.
     *
     * @param message a message whose shape was checked
     */
    public static byte[] expand(byte[] message, int start) {
        byte[] name = new byte[expandedLength(message, start)];
        int used = 0;
        int at = start;
        while (message[at] != 0) {
            int length = message[at] & 0xff;
            if (length > MAX_LABEL) {
                at = (length & 0x3f) << 8 | (message[at + 1] & 0xff);
            } else {
                name[used++] = message[at++];
                for (int i = 0; i < length; i++) {
                    name[used++] = (byte) lower(message[at++]);
                }
            }
        }
        return name;
    }

    private static int expandedLength(byte[] message, int start) {
        int bytes = 1;
        int at = start;
        while (message[at] != 0) {
            int length = message[at] & 0xff;
            if (length > MAX_LABEL) {
                at = (length & 0x3f) << 8 | (message[at + 1] & 0xff);
            } else {
                bytes += 1 + length;
                at += 1 + length;
            }
        }
        return bytes;
    }

    /** Whether two ranges of the same length hold the same name, ASCII letters' case aside (RFC 4343). */
    public static boolean sameIgnoringCase(byte[] a, int aStart, byte[] b, int bStart, int length) {
        for (int i = 0; i < length; i++) {
            byte x = a[aStart + i];
            byte y = b[bStart + i];
            if (x != y && lower(x) != lower(y)) {
                return false;
            }
        }
        return true;
    }

    private static int lower(byte b) {
        return b >= 'A' && b <= 'Z' ? b + 32 : b;
    }

    /**
     * A name as people write it, with its final dot. Odd bytes are escaped (RFC 1035 section 5.1).
     *
     * @param message holds a whole uncompressed name at {@code start}
     */
    public static String text(byte[] message, int start) {
        StringBuilder text = new StringBuilder(64);
        int at = start;
        while (message[at] != 0) {
            int end = at + 1 + message[at];
            for (at++; at < end; at++) {
                append(text, message[at] & 0xff);
            }
            text.append('.');
        }
        return text.isEmpty() ? "." : text.toString();
    }

    private static void append(StringBuilder text, int b) {
        if (b <= ' ' || b >= 0x7f) {
            text.append('\\')
                    .append((char) ('0' + b / 100))
                    .append((char) ('0' + b / 10 % 10))
                    .append((char) ('0' + b % 10));
        } else {
            switch (b) {
                case '"', '(', ')', '.', ';', '\\', '@', '$' ->
                    text.append('\\').append((char) b);
                default -> text.append((char) b);
            }
        }
    }
}

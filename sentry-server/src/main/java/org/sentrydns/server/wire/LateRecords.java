package org.sentrydns.server.wire;

/** The records behind an OPT record, which may stand anywhere in its section (RFC 6891 section 6.1.1). */
public final class LateRecords {
    private static final int LONGEST_LABEL = 63;

    private LateRecords() {}

    /** Whether they stay what they are when the OPT record goes and they move up: no pointer of theirs leads to it or behind it. */
    public static boolean mayMove(byte[] message, MessageShape shape) {
        if (shape.opt() < 0 || shape.optEnd() == shape.end()) {
            return true;
        }
        RecordCursor record = new RecordCursor(message, shape);
        int start = record.end();
        while (record.next()) {
            boolean late = start >= shape.optEnd();
            if (late && (mayPointInData(record.type()) || pointsTo(message, start) >= shape.opt())) {
                return false;
            }
            start = record.end();
        }
        return true;
    }

    /** Types whose data may hold compressed names (RFC 3597 section 4). */
    private static boolean mayPointInData(int type) {
        return switch (type) {
            case 2, 3, 4, 5, 6, 7, 8, 9, 12, 14, 15, 17, 18, 21, 24, 26, 30, 33, 35, 39 -> true;
            default -> false;
        };
    }

    /** Where the pointer that ends a name leads, or -1 if there is none. */
    private static int pointsTo(byte[] message, int start) {
        int at = start;
        while (message[at] != 0) {
            int length = message[at] & 0xff;
            if (length > LONGEST_LABEL) {
                return (length & 0x3f) << 8 | (message[at + 1] & 0xff);
            }
            at += 1 + length;
        }
        return -1;
    }
}

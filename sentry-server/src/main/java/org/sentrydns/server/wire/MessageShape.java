package org.sentrydns.server.wire;

import org.jspecify.annotations.Nullable;

/**
 * Where the records of a message stand. Immutable.
 *
 * @param questionEnd the offset behind the only question
 * @param opt the offset of the OPT record, or -1
 * @param optEnd the offset behind it
 * @param opts how many OPT records there are
 * @param end the offset behind the last record
 */
public record MessageShape(int questionEnd, int opt, int optEnd, int opts, int end) {
    private static final int OPT_TYPE = 41;

    /**
     * Walks over a message with one question.
     *
     * @return null if it is cut, has a name that is none, or has not exactly one question
     */
    public static @Nullable MessageShape of(byte[] message, int length) {
        if (length < Header.LENGTH || Header.count(message, 0) != 1) {
            return null;
        }
        int nameEnd = WireName.endOfPlain(message, Header.QUESTION, length);
        int at = nameEnd + 4;
        if (nameEnd < 0 || at > length) {
            return null;
        }
        int questionEnd = at;
        int records = Header.count(message, 1) + Header.count(message, 2);
        int all = records + Header.count(message, 3);
        int opt = -1;
        int optEnd = -1;
        int opts = 0;
        for (int i = 0; i < all; i++) {
            int start = at;
            int fixed = WireName.end(message, at, length);
            if (fixed < 0 || fixed + 10 > length) {
                return null;
            }
            at = fixed + 10 + Header.u16(message, fixed + 8);
            if (at > length) {
                return null;
            }
            if (Header.u16(message, fixed) == OPT_TYPE) {
                if (i < records || message[start] != 0) {
                    return null;
                }
                opt = start;
                optEnd = at;
                opts++;
            }
        }
        return new MessageShape(questionEnd, opt, optEnd, opts, at);
    }
}

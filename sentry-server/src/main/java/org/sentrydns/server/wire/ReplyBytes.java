package org.sentrydns.server.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.xbill.DNS.Rcode;

/** Writes replies without records, byte by byte. */
public final class ReplyBytes {
    /** The UDP size that Sentry takes and gives at most: no fragments (RFC 9715). */
    public static final int UDP_SIZE = 1232;

    private static final int MAX_SENTENCE = 100;
    private static final int FIXED_OPT = 11;
    private static final int EXTENDED_ERROR = 15;

    private ReplyBytes() {}

    /**
     * For a query whose question cannot be trusted.
     *
     * @param edns whether it was seen to have an OPT record, which one is due for then (RFC 6891 section 6.1.1)
     */
    static byte[] withoutQuestion(byte[] query, int rcode, boolean edns) {
        byte[] reply = new byte[Header.LENGTH + (edns ? FIXED_OPT : 0)];
        System.arraycopy(query, 0, reply, 0, 2);
        Header.put16(reply, 2, flags(Header.flags(query), rcode));
        if (edns) {
            putOpt(reply, Header.LENGTH, 0, false, 0);
        }
        return reply;
    }

    /** BADVERS: the code's upper bits stand in an OPT of version 0 (RFC 6891 section 6.1.3). */
    static byte[] badVersion(byte[] query, int questionEnd, boolean dnssecOk) {
        byte[] reply = start(query, questionEnd, Rcode.NOERROR, FIXED_OPT);
        putOpt(reply, questionEnd, Rcode.BADVERS >> 4, dnssecOk, 0);
        return reply;
    }

    /**
     * A reply without records.
     *
     * @param query the client's query
     * @param rcode 0 to 15
     * @param infoCode an extended error (RFC 8914), or -1; only sent to who speaks EDNS
     * @param sentence its text
     */
    public static byte[] empty(QueryMessage query, int rcode, int infoCode, String sentence) {
        byte[] text = cut(sentence).getBytes(StandardCharsets.UTF_8);
        int end = query.questionEnd();
        if (!query.edns().present()) {
            return start(query.bytes(), end, rcode, 0);
        }
        int option = infoCode < 0 ? 0 : 6 + text.length;
        byte[] reply = start(query.bytes(), end, rcode, FIXED_OPT + option);
        putOpt(reply, end, 0, query.edns().dnssecOk(), option);
        if (option > 0) {
            int at = end + FIXED_OPT;
            Header.put16(reply, at, EXTENDED_ERROR);
            Header.put16(reply, at + 2, option - 4);
            Header.put16(reply, at + 4, infoCode);
            System.arraycopy(text, 0, reply, at + 6, text.length);
        }
        return reply;
    }

    /** A reason must not be what makes a reply too large. */
    public static String cut(String sentence) {
        return sentence.length() <= MAX_SENTENCE ? sentence : sentence.substring(0, MAX_SENTENCE - 1) + "…";
    }

    /** The reply that sends a client over to TCP: nothing but the question and TC. */
    public static byte[] truncated(QueryMessage query, int rcode) {
        byte[] reply = empty(query, rcode, -1, "");
        reply[2] |= (byte) (Header.TC >> 8);
        return reply;
    }

    /** The flags of a reply that Sentry makes itself: the query's opcode, RD and CD come back. */
    public static int flags(int queryFlags, int rcode) {
        return (queryFlags & (Header.OPCODE | Header.RD | Header.CD)) | Header.QR | Header.RA | rcode;
    }

    /** Appends an OPT record; its options are left to the caller. */
    static void putOpt(byte[] message, int at, int extendedRcode, boolean dnssecOk, int optionBytes) {
        message[at] = 0;
        Header.put16(message, at + 1, 41);
        Header.put16(message, at + 3, UDP_SIZE);
        message[at + 5] = (byte) extendedRcode;
        message[at + 6] = 0;
        Header.put16(message, at + 7, dnssecOk ? 0x8000 : 0);
        Header.put16(message, at + 9, optionBytes);
        Header.put16(message, 10, Header.count(message, 3) + 1);
    }

    private static byte[] start(byte[] query, int questionEnd, int rcode, int more) {
        byte[] reply = Arrays.copyOf(query, questionEnd + more);
        Arrays.fill(reply, 6, Header.LENGTH, (byte) 0);
        Arrays.fill(reply, questionEnd, reply.length, (byte) 0);
        Header.put16(reply, 2, flags(Header.flags(query), rcode));
        return reply;
    }
}

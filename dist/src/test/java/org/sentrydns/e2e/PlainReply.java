package org.sentrydns.e2e;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A reply without what a proxy may change: ID, AA, RA, TTLs and the OPT record, which concerns one hop. */
final class PlainReply {
    private static final int HEADER = 12;
    private static final int OPT = 41;
    private static final int AA = 0x0400;
    private static final int TC = 0x0200;
    private static final int RA = 0x0080;
    private static final int AD = 0x20;
    private static final int CD = 0x10;
    private static final int POINTER = 0xc0;

    private PlainReply() {}

    static boolean isTruncated(byte[] reply) {
        return (ByteBuffer.wrap(reply).getShort(2) & TC) != 0;
    }

    /**
     * What a resolver makes of an authority's reply: CD comes back (RFC 4035 section 3.2.2), AD if it was asked for. NSD
     * refuses some classes without repeating the question, which Sentry puts back.
     */
    static byte[] expected(byte[] reply, RandomQuestion question) {
        byte[] plain = of(reply);
        int dropped = question.wantsAd() ? CD : CD | AD;
        plain[3] = (byte) ((plain[3] & ~dropped) | (question.bytes()[3] & CD));
        if (plain.length == HEADER) {
            int questionEnd = nameEnd(question.bytes(), HEADER) + 4;
            plain = Arrays.copyOf(plain, questionEnd);
            plain[5] = 1;
            System.arraycopy(question.bytes(), HEADER, plain, HEADER, questionEnd - HEADER);
        }
        return plain;
    }

    /** A copy to compare. */
    static byte[] of(byte[] reply) {
        byte[] plain = reply.clone();
        ByteBuffer message = ByteBuffer.wrap(plain);
        message.putShort(0, (short) 0);
        message.putShort(2, (short) (message.getShort(2) & ~(AA | RA)));
        int at = HEADER;
        for (int i = 0; i < message.getShort(4); i++) {
            at = nameEnd(plain, at) + 4;
        }
        int records = message.getShort(6) + message.getShort(8) + message.getShort(10);
        for (int i = 0; i < records; i++) {
            int fixed = nameEnd(plain, at);
            int end = fixed + 10 + (message.getShort(fixed + 8) & 0xffff);
            if (message.getShort(fixed) == OPT) {
                System.arraycopy(plain, end, plain, at, plain.length - end);
                plain = Arrays.copyOf(plain, plain.length - (end - at));
                message = ByteBuffer.wrap(plain);
                message.putShort(10, (short) (message.getShort(10) - 1));
            } else {
                message.putInt(fixed + 4, 0);
                at = end;
            }
        }
        return plain;
    }

    private static int nameEnd(byte[] message, int start) {
        int at = start;
        while (message[at] != 0) {
            if ((message[at] & POINTER) == POINTER) {
                return at + 2;
            }
            at += 1 + message[at];
        }
        return at + 1;
    }
}

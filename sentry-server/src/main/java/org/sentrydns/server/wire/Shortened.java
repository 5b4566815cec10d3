package org.sentrydns.server.wire;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A reply without what a client can do without, before it is told to come back over TCP (RFC 2181 section 9). */
public final class Shortened {
    private static final int SOA = 6;
    private static final int AUTHORITY = 8;
    private static final int ADDITIONAL = 10;

    private Shortened() {}

    /**
     * Leaves out additional records, and the authority section if the answer stands for itself. An alias whose target has nothing
     * does not: the SOA says for how long (RFC 2308 section 6). To whom proofs are sent, as for an answer that comes of a
     * wildcard, they are part of the answer (RFC 4035 section 3.1.3.3).
     *
     * @param reply too large
     * @param size bytes that it may have
     * @param proven whether the client asked for DNSSEC records
     * @return null if it is too large all the same, or has no answer
     */
    public static byte @Nullable [] to(int size, byte[] reply, boolean proven) {
        MessageShape shape = MessageShape.of(reply, reply.length);
        if (shape == null || Header.count(reply, 1) == 0) {
            return null;
        }
        RecordCursor record = new RecordCursor(reply, shape);
        int answersEnd = shape.questionEnd();
        int authorityEnd = answersEnd;
        boolean negative = false;
        while (record.next() && (record.isAnswer() || record.isAuthority())) {
            answersEnd = record.isAnswer() ? record.end() : answersEnd;
            authorityEnd = record.end();
            negative |= record.isAuthority() && record.type() == SOA;
        }
        int opt = shape.opt() < 0 ? 0 : shape.optEnd() - shape.opt();
        if (authorityEnd + opt <= size) {
            return cut(reply, shape, authorityEnd, Header.count(reply, 2));
        }
        return answersEnd + opt <= size && !proven && !negative ? cut(reply, shape, answersEnd, 0) : null;
    }

    /** What is cut off comes behind all that names may point to. */
    private static byte[] cut(byte[] reply, MessageShape shape, int end, int authority) {
        boolean hasOpt = shape.opt() >= 0;
        int opt = hasOpt ? shape.optEnd() - shape.opt() : 0;
        byte[] cut = Arrays.copyOf(reply, end + opt);
        System.arraycopy(reply, hasOpt ? shape.opt() : 0, cut, end, opt);
        Header.put16(cut, AUTHORITY, authority);
        Header.put16(cut, ADDITIONAL, hasOpt ? 1 : 0);
        return cut;
    }
}

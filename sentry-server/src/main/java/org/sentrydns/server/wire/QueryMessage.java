package org.sentrydns.server.wire;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Rcode;

/**
 * A client's query with exactly one question. Immutable, if nobody writes to its bytes.
 *
 * @param bytes the message as it came
 * @param questionEnd the offset behind the question
 * @param type the question's type
 * @param dnsClass the question's class
 * @param edns what its OPT record says
 */
public record QueryMessage(byte[] bytes, int questionEnd, int type, int dnsClass, Edns edns) implements Decoded {
    private static final Silence SILENCE = new Silence();

    /**
     * What an OPT record says (RFC 6891 section 6.1).
     *
     * @param present whether there is one
     * @param size the UDP size the sender can take, at least 512
     * @param dnssecOk the DO bit (RFC 3225)
     */
    public record Edns(boolean present, int size, boolean dnssecOk) {
        static final Edns NONE = new Edns(false, 512, false);
    }

    /**
     * Reads what a client sent.
     *
     * @param bytes exactly the message
     * @return the query, or what to do with something that is none
     */
    public static Decoded decode(byte[] bytes) {
        if (bytes.length < Header.LENGTH || (Header.flags(bytes) & Header.QR) != 0) {
            return SILENCE;
        }
        MessageShape shape = MessageShape.of(bytes, bytes.length);
        if ((Header.flags(bytes) & Header.OPCODE) != 0) {
            return refusal(bytes, Rcode.NOTIMP, shape);
        }
        if (shape == null || shape.opts() > 1 || shape.end() != bytes.length) {
            return refusal(bytes, Rcode.FORMERR, shape);
        }
        Edns edns = Edns.NONE;
        if (shape.opt() >= 0) {
            boolean dnssecOk = (bytes[shape.opt() + 7] & 0x80) != 0;
            if (bytes[shape.opt() + 6] != 0) {
                // First of all: another version may have options of another form.
                return new Refusal(ReplyBytes.badVersion(bytes, shape.questionEnd(), dnssecOk));
            }
            if (!wholeOptions(bytes, shape.opt() + 11, shape.optEnd())) {
                return refusal(bytes, Rcode.FORMERR, shape);
            }
            edns = new Edns(true, Math.max(512, Header.u16(bytes, shape.opt() + 3)), dnssecOk);
        }
        int end = shape.questionEnd();
        return new QueryMessage(bytes, end, Header.u16(bytes, end - 4), Header.u16(bytes, end - 2), edns);
    }

    private static Refusal refusal(byte[] bytes, int rcode, @Nullable MessageShape shape) {
        return new Refusal(ReplyBytes.withoutQuestion(bytes, rcode, shape != null && shape.opt() >= 0));
    }

    private static boolean wholeOptions(byte[] bytes, int start, int end) {
        int at = start;
        while (at + 4 <= end) {
            at += 4 + Header.u16(bytes, at + 2);
        }
        return at == end;
    }

    /** The question's name in wire form, its letters' case as it came. */
    public byte[] name() {
        return Arrays.copyOfRange(bytes, Header.QUESTION, questionEnd - 4);
    }

    public int flags() {
        return Header.flags(bytes);
    }
}

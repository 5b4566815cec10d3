package org.sentrydns.server.wire;

import java.util.Arrays;

/**
 * A question on its way to an upstream. Immutable; each leg sends a copy with an ID of its own.
 *
 * @param bytes the message, ID 0
 * @param questionEnd the offset behind the question
 */
public record UpstreamQuery(byte[] bytes, int questionEnd) {

    /**
     * The client's question. The OPT record is made new, since it concerns one hop only (RFC 6891 section 6.1.1).
     *
     * @param query the client's query
     * @param name the name to ask for, in wire form
     */
    public static UpstreamQuery of(QueryMessage query, byte[] name) {
        int questionEnd = Header.QUESTION + name.length + 4;
        int opt = query.edns().present() ? 11 : 0;
        byte[] bytes = new byte[questionEnd + opt];
        Header.put16(bytes, 2, query.flags() & (Header.RD | Header.AD | Header.CD));
        Header.put16(bytes, 4, 1);
        System.arraycopy(name, 0, bytes, Header.QUESTION, name.length);
        Header.put16(bytes, questionEnd - 4, query.type());
        Header.put16(bytes, questionEnd - 2, query.dnsClass());
        if (opt > 0) {
            ReplyBytes.putOpt(bytes, questionEnd, 0, query.edns().dnssecOk(), 0);
        }
        return new UpstreamQuery(bytes, questionEnd);
    }

    /** The message to send. */
    public byte[] withId(int id) {
        byte[] copy = Arrays.copyOf(bytes, bytes.length);
        Header.put16(copy, 0, id);
        return copy;
    }

    /**
     * Whether a message is a reply to this question: QR, opcode and question (RFC 5452 section 9.1). An error may come
     * without its question.
     */
    public boolean isAnsweredBy(byte[] reply) {
        if (reply.length < Header.LENGTH || (Header.flags(reply) & (Header.QR | Header.OPCODE)) != Header.QR) {
            return false;
        }
        int questions = Header.count(reply, 0);
        if (questions == 0 && reply.length == Header.LENGTH) {
            return !isSuccess(Header.rcode(reply));
        }
        return questions == 1
                && reply.length >= questionEnd
                && sameQuestion(reply)
                && MessageShape.of(reply, reply.length) != null;
    }

    private boolean sameQuestion(byte[] reply) {
        int nameEnd = questionEnd - 4;
        return WireName.sameIgnoringCase(bytes, Header.QUESTION, reply, Header.QUESTION, nameEnd - Header.QUESTION)
                && Arrays.equals(bytes, nameEnd, questionEnd, reply, nameEnd, questionEnd);
    }

    /** NOERROR and NXDOMAIN are what a resolver says when it has done its work. */
    public static boolean isSuccess(int rcode) {
        return rcode == 0 || rcode == 3;
    }
}

package org.sentrydns.server.wire;

import java.util.Arrays;
import java.util.function.IntSupplier;

/**
 * A question on its way to an upstream. Immutable; each leg sends a copy with an ID of its own.
 *
 * @param bytes the message, ID 0
 * @param questionEnd the offset behind the question
 * @param exactCase whether a reply must repeat the letters' case
 */
public record UpstreamQuery(byte[] bytes, int questionEnd, boolean exactCase) {
    private static final int FIXED_OPT = 11;
    private static final int PADDING = 12;
    private static final int PADDING_BLOCK = 128;

    /**
     * The client's question. The OPT record is made new, since it concerns one hop only (RFC 6891 section 6.1.1).
     *
     * @param query the client's query
     * @param name the name to ask for, in wire form
     */
    public static UpstreamQuery of(QueryMessage query, byte[] name) {
        int opt = query.edns().present() ? FIXED_OPT : 0;
        int flags = query.flags() & (Header.RD | Header.AD | Header.CD);
        UpstreamQuery question = question(name, query.type(), query.dnsClass(), flags, opt);
        if (opt > 0) {
            ReplyBytes.putOpt(
                    question.bytes, question.questionEnd, 0, query.edns().dnssecOk(), 0);
        }
        return question;
    }

    /** A question of Sentry's own. */
    public static UpstreamQuery of(byte[] name, int type, int dnsClass) {
        return question(name, type, dnsClass, Header.RD, 0);
    }

    private static UpstreamQuery question(byte[] name, int type, int dnsClass, int flags, int more) {
        int questionEnd = Header.QUESTION + name.length + 4;
        byte[] bytes = new byte[questionEnd + more];
        Header.put16(bytes, 2, flags);
        Header.put16(bytes, 4, 1);
        System.arraycopy(name, 0, bytes, Header.QUESTION, name.length);
        Header.put16(bytes, questionEnd - 4, type);
        Header.put16(bytes, questionEnd - 2, dnsClass);
        return new UpstreamQuery(bytes, questionEnd, false);
    }

    /** Whether the upstream shall find out what it does not know: RD is set. */
    public boolean wantsRecursion() {
        return (Header.flags(bytes) & Header.RD) != 0;
    }

    public boolean hasEdns() {
        return bytes.length > questionEnd;
    }

    /** The same question for an upstream that does not know EDNS. */
    public UpstreamQuery withoutEdns() {
        byte[] plain = Arrays.copyOf(bytes, questionEnd);
        Header.put16(plain, 10, 0);
        return new UpstreamQuery(plain, questionEnd, exactCase);
    }

    /**
     * The same question with its letters in random case: 0x20, which a forger has to guess.
     *
     * @param random gives 16 random bits a call
     */
    public UpstreamQuery inRandomCase(IntSupplier random) {
        byte[] mixed = bytes.clone();
        int bits = 0;
        for (int at = Header.QUESTION; at < questionEnd - 5; at++) {
            int left = (at - Header.QUESTION) % 16;
            bits = left == 0 ? random.getAsInt() : bits;
            byte letter = (byte) (mixed[at] | 0x20);
            if (letter >= 'a' && letter <= 'z' && mixed[at] >= 'A') {
                mixed[at] = (byte) ((bits >> left & 1) == 0 ? letter : letter & ~0x20);
            }
        }
        return new UpstreamQuery(mixed, questionEnd, true);
    }

    /** The same question, filled up so that its length tells little (RFC 8467 section 4.1). */
    public UpstreamQuery padded() {
        int option = questionEnd + FIXED_OPT;
        int unpadded = option + 4;
        int length = (unpadded + PADDING_BLOCK - 1) / PADDING_BLOCK * PADDING_BLOCK;
        byte[] full = Arrays.copyOf(bytes, length);
        if (!hasEdns()) {
            ReplyBytes.putOpt(full, questionEnd, 0, false, 0);
        }
        Header.put16(full, option - 2, length - option);
        Header.put16(full, option, PADDING);
        Header.put16(full, option + 2, length - unpadded);
        return new UpstreamQuery(full, questionEnd, exactCase);
    }

    /** The bits that an upstream heeds and the question in lower case: two queries with the same get the same answer. */
    public byte[] identity() {
        byte[] identity = new byte[2 + questionEnd - Header.QUESTION];
        boolean dnssecOk = bytes.length > questionEnd && (bytes[questionEnd + 7] & 0x80) != 0;
        Header.put16(identity, 0, Header.flags(bytes) | (dnssecOk ? 1 : 0));
        byte[] name = WireName.expand(bytes, Header.QUESTION);
        System.arraycopy(name, 0, identity, 2, name.length);
        System.arraycopy(bytes, questionEnd - 4, identity, identity.length - 4, 4);
        return identity;
    }

    /** The message to send. */
    public byte[] withId(int id) {
        byte[] copy = Arrays.copyOf(bytes, bytes.length);
        Header.put16(copy, 0, id);
        return copy;
    }

    /** The message as the upstream must have got it, by its reply: with that ID, and that case of the letters. */
    public byte[] asAnsweredBy(byte[] reply) {
        byte[] asked = withId(Header.id(reply));
        if (Header.count(reply, 0) == 1 && reply.length >= questionEnd) {
            System.arraycopy(reply, Header.QUESTION, asked, Header.QUESTION, questionEnd - Header.QUESTION);
        }
        return asked;
    }

    /**
     * Whether a message is a reply to this question: QR, opcode and question (RFC 5452 section 9.1). An error may come
     * without its question.
     */
    public boolean isAnsweredBy(byte[] reply) {
        if (reply.length < Header.LENGTH || (Header.flags(reply) & (Header.QR | Header.OPCODE)) != Header.QR) {
            return false;
        }
        if (reply.length == Header.LENGTH) {
            return (Header.flags(reply) & Header.TC) != 0 || !isSuccessCode(Header.rcode(reply));
        }
        int questions = Header.count(reply, 0);
        if (questions == 0) {
            return isBareError(reply);
        }
        return questions == 1 && reply.length >= questionEnd && sameQuestion(reply) && isWholeOrTruncated(reply);
    }

    /** An error that comes without its question, at most with an OPT record. Old servers send a header, whatever it counts. */
    private static boolean isBareError(byte[] reply) {
        boolean empty = Header.count(reply, 1) == 0 && Header.count(reply, 2) == 0;
        boolean whole = Header.count(reply, 3) > 0 && reply.length >= Header.LENGTH + FIXED_OPT;
        return empty && whole && !isSuccessCode(Header.rcode(reply));
    }

    private boolean sameQuestion(byte[] reply) {
        int nameEnd = questionEnd - 4;
        boolean sameName = exactCase
                ? Arrays.equals(bytes, Header.QUESTION, nameEnd, reply, Header.QUESTION, nameEnd)
                : WireName.sameIgnoringCase(bytes, Header.QUESTION, reply, Header.QUESTION, nameEnd - Header.QUESTION);
        return sameName && Arrays.equals(bytes, nameEnd, questionEnd, reply, nameEnd, questionEnd);
    }

    /** Some servers cut a truncated reply in the middle of a record: it is only a sign to ask over TCP. */
    private static boolean isWholeOrTruncated(byte[] reply) {
        if ((Header.flags(reply) & Header.TC) != 0) {
            return true;
        }
        MessageShape shape = MessageShape.of(reply, reply.length);
        return shape != null && shape.opts() <= 1;
    }

    /**
     * Whether a resolver has done its work: NOERROR or NXDOMAIN, and no referral.
     *
     * @param reply a reply to a question
     */
    public static boolean isSuccess(byte[] reply) {
        return isSuccessCode(extendedRcode(reply)) && !isReferral(reply);
    }

    /**
     * Whether a server says only who else may know: it does not resolve for us, and a race does not end with that.
     *
     * @param reply a reply to a question
     */
    public static boolean isReferral(byte[] reply) {
        if (Header.rcode(reply) != 0 || Header.count(reply, 1) > 0 || Header.count(reply, 2) == 0) {
            return false;
        }
        MessageShape shape = MessageShape.of(reply, reply.length);
        return shape != null && new RecordCursor(reply, shape).refers();
    }

    /** A reply's code with the upper bits that its OPT record has: 0 to 4095 (RFC 6891 section 6.1.3). */
    public static int extendedRcode(byte[] reply) {
        MessageShape shape = MessageShape.of(reply, reply.length);
        int upper = shape == null || shape.opt() < 0 ? 0 : reply[shape.opt() + 5] & 0xff;
        return upper << 4 | Header.rcode(reply);
    }

    private static boolean isSuccessCode(int rcode) {
        return rcode == 0 || rcode == 3;
    }
}

package org.sentrydns.server.benchmark;

import java.nio.ByteBuffer;

/**
 * Queries into bytes, and as much of a reply as a benchmark must see: whole messages are not worth parsing at this
 * speed. Immutable.
 */
record Wire(Names names, int type) {

    static final int HEADER = 12;
    private static final int RECURSION_DESIRED = 0x0100;
    private static final int REPLY = 0x8000;
    private static final int CLASS_IN = 1;

    /** Appends the query for a name. */
    void encode(ByteBuffer out, int id, int name) {
        out.putShort((short) id).putShort((short) RECURSION_DESIRED);
        out.putShort((short) 1).putShort((short) 0).putInt(0);
        out.put(names.wire(), name, names.length(name));
        out.putShort((short) type).putShort((short) CLASS_IN);
    }

    static boolean isReply(ByteBuffer message) {
        return message.limit() >= HEADER && (message.getShort(2) & REPLY) != 0;
    }

    static int id(ByteBuffer message) {
        return message.getShort(0) & 0xffff;
    }

    static int rcode(ByteBuffer message) {
        return message.get(3) & 0xf;
    }

    static int answers(ByteBuffer message) {
        return message.getShort(6) & 0xffff;
    }

    /** Whether a reply is to the question for this name. Some servers send the bare header with an error. */
    boolean answersTo(ByteBuffer reply, int name) {
        int questions = reply.getShort(4) & 0xffff;
        if (questions == 0) {
            return rcode(reply) != 0;
        }
        int length = names.length(name);
        return questions == 1
                && reply.limit() >= HEADER + length + 4
                && sameName(reply, name, length)
                && (reply.getShort(HEADER + length) & 0xffff) == type
                && reply.getShort(HEADER + length + 2) == CLASS_IN;
    }

    private boolean sameName(ByteBuffer reply, int name, int length) {
        for (int i = 0; i < length; i++) {
            if (lower(reply.get(HEADER + i)) != lower(names.wire()[name + i])) {
                return false;
            }
        }
        return true;
    }

    private static int lower(byte letter) {
        return letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter;
    }
}

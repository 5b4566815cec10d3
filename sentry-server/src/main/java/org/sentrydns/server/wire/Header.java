package org.sentrydns.server.wire;

/** The places and bits of a message's header (RFC 1035 section 4.1.1, RFC 4035 section 3.1.6). */
public final class Header {
    public static final int LENGTH = 12;
    public static final int QUESTION = 12;
    public static final int MAX_MESSAGE = 65535;

    public static final int QR = 0x8000;
    public static final int TC = 0x0200;
    public static final int RD = 0x0100;
    public static final int RA = 0x0080;
    public static final int AD = 0x0020;
    public static final int CD = 0x0010;
    public static final int OPCODE = 0x7800;
    public static final int RCODE = 0x000f;

    private Header() {}

    public static int id(byte[] message) {
        return u16(message, 0);
    }

    public static int flags(byte[] message) {
        return u16(message, 2);
    }

    public static int rcode(byte[] message) {
        return message[3] & RCODE;
    }

    /** How many entries a section has: 0 questions, 1 answers, 2 authority, 3 additional. */
    public static int count(byte[] message, int section) {
        return u16(message, 4 + 2 * section);
    }

    public static int u16(byte[] message, int at) {
        return (message[at] & 0xff) << 8 | (message[at + 1] & 0xff);
    }

    public static void put16(byte[] message, int at, int value) {
        message[at] = (byte) (value >> 8);
        message[at + 1] = (byte) value;
    }
}

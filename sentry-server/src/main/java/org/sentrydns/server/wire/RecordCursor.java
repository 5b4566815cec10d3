package org.sentrydns.server.wire;

/** Goes over the records of a message whose shape was checked. Confined to one thread. */
public final class RecordCursor {
    private static final int NS = 2;
    private static final int SOA = 6;

    private final byte[] message;
    private final int answers;
    private final int authority;
    private final int all;
    private int index = -1;
    private int owner;
    private int fixed;
    private int end;

    public RecordCursor(byte[] message, MessageShape shape) {
        this.message = message;
        this.answers = Header.count(message, 1);
        this.authority = Header.count(message, 2);
        this.all = answers + authority + Header.count(message, 3);
        this.end = shape.questionEnd();
    }

    /** How many records there are, OPT and all. */
    int size() {
        return all;
    }

    /** Goes to the next record; false behind the last one. */
    public boolean next() {
        if (++index >= all) {
            return false;
        }
        owner = end;
        fixed = WireName.end(message, owner, message.length);
        end = fixed + 10 + Header.u16(message, fixed + 8);
        return true;
    }

    /** Goes to the next record of the answer section. */
    public boolean nextAnswer() {
        return index + 1 < answers && next();
    }

    public boolean isAnswer() {
        return index < answers;
    }

    boolean isAuthority() {
        return index >= answers && index < answers + authority;
    }

    /** Whether the authority section names servers, and no SOA says that there is nothing (RFC 2308 section 2.2). Goes to its end. */
    boolean refers() {
        boolean servers = false;
        while (next()) {
            if (isAuthority() && type() == SOA) {
                return false;
            }
            servers |= isAuthority() && type() == NS;
        }
        return servers;
    }

    /** The owner's name, uncompressed, in lower case. */
    public byte[] owner() {
        return WireName.expand(message, owner);
    }

    public int type() {
        return Header.u16(message, fixed);
    }

    /** Where the TTL stands. */
    int ttlAt() {
        return fixed + 4;
    }

    /** Where the data starts. */
    public int data() {
        return fixed + 10;
    }

    /** Where the data ends, and the next record starts. */
    public int end() {
        return end;
    }

    /** Whether a name stands in the data, with pointers to what stands before it only (RFC 1035 section 4.1.4). */
    public boolean hasNameAt(int at) {
        return at < end && WireName.end(message, at, end) >= 0;
    }

    /** A name in the data, uncompressed, in lower case; the root if none fits there. */
    public byte[] nameInData(int at) {
        return hasNameAt(at) ? WireName.expand(message, at) : new byte[1];
    }

    /** Where the data goes on behind a name in it; its end if no name stands there. */
    public int behindName(int at) {
        int behind = at < end ? WireName.end(message, at, end) : -1;
        return behind < 0 ? end : behind;
    }
}

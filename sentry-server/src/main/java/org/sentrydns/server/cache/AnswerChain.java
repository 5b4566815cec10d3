package org.sentrydns.server.cache;

import java.util.Arrays;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.MessageShape;
import org.sentrydns.server.wire.RecordCursor;
import org.sentrydns.server.wire.WireName;

/** Looks whether an answer section is about the question (RFC 2181 section 5.4.1). */
final class AnswerChain {
    private static final int CNAME = 5;
    private static final int DNAME = 39;

    private AnswerChain() {}

    /**
     * Whether every answer belongs to the question's name, or to a name that CNAMEs lead to from there. A reply with
     * strays is passed on, but not kept.
     */
    static boolean isWhole(byte[] message, MessageShape shape) {
        byte[] expected = WireName.expand(message, Header.QUESTION);
        RecordCursor record = new RecordCursor(message, shape);
        while (record.nextAnswer()) {
            byte[] owner = record.owner();
            if (record.type() == DNAME ? !isBelow(expected, owner) : !Arrays.equals(owner, expected)) {
                return false;
            }
            if (record.type() == CNAME) {
                expected = record.nameInData(record.data());
            }
        }
        return true;
    }

    private static boolean isBelow(byte[] name, byte[] ancestor) {
        int behind = name.length - ancestor.length;
        return behind >= 0 && Arrays.equals(name, behind, name.length, ancestor, 0, ancestor.length);
    }
}

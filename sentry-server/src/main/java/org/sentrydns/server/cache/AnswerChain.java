package org.sentrydns.server.cache;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.MessageShape;
import org.sentrydns.server.wire.RecordCursor;
import org.sentrydns.server.wire.WireName;

/** Looks whether an answer section is about the question (RFC 2181 section 5.4.1). */
final class AnswerChain {
    private static final int CNAME = 5;
    private static final int DNAME = 39;
    /** Resolvers follow fewer; each more would be compared with all before. */
    private static final int LONGEST = 32;

    private AnswerChain() {}

    /**
     * Whether every answer belongs to the question's name, or to a name that CNAMEs lead to from there. A reply with
     * strays, or with very many of these names, is passed on, but not kept.
     */
    static boolean isWhole(byte[] message, MessageShape shape) {
        List<byte[]> chain = new ArrayList<>();
        chain.add(WireName.expand(message, Header.QUESTION));
        RecordCursor record = new RecordCursor(message, shape);
        while (record.nextAnswer()) {
            byte[] owner = record.owner();
            boolean known = contains(chain, owner);
            if (chain.size() > LONGEST) {
                return false;
            }
            if (!known && !(record.type() == DNAME && isBelow(chain.getLast(), owner))) {
                return false;
            }
            if (!known) {
                chain.addFirst(owner);
            }
            if (record.type() == CNAME) {
                chain.add(record.nameInData(record.data()));
            }
        }
        return true;
    }

    private static boolean contains(List<byte[]> chain, byte[] owner) {
        for (byte[] name : chain) {
            if (Arrays.equals(name, owner)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBelow(byte[] name, byte[] ancestor) {
        int behind = name.length - ancestor.length;
        return behind >= 0 && Arrays.equals(name, behind, name.length, ancestor, 0, ancestor.length);
    }
}

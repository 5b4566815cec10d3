package org.sentrydns.server.query;

import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.RecordCursor;

/** Addresses in HTTPS and SVCB records (RFC 9460 section 7.3). */
final class Hints {
    static final int IPV4 = 4;
    static final int IPV6 = 6;

    private Hints() {}

    /** Looks at one parameter's value. */
    @FunctionalInterface
    interface Value {
        /**
         * Whether it is what is looked for.
         *
         * @param key the parameter's
         * @param start where the value starts in the message
         * @param end behind the value
         */
        boolean is(int key, int start, int end);
    }

    /** Whether one of a record's parameters is so: behind priority and target each has key, length and value (section 2.2). */
    static boolean any(byte[] message, RecordCursor record, Value value) {
        int at = record.behindName(record.data() + 2);
        while (at + 4 <= record.end()) {
            int end = Math.min(record.end(), at + 4 + Header.u16(message, at + 2));
            if (value.is(Header.u16(message, at), at + 4, end)) {
                return true;
            }
            at = end;
        }
        return false;
    }
}

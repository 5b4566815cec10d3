package org.sentrydns.server.query;

import java.io.ByteArrayOutputStream;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.MessageShape;
import org.sentrydns.server.wire.QueryMessage;
import org.sentrydns.server.wire.ReplyBytes;

/** Sentry's own OPT record in a reply that an upstream made (RFC 6891 section 6). */
final class ReplyOpt {
    private static final int FIXED = 11;
    private static final int EXTENDED_ERROR = 15;

    private ReplyOpt() {}

    /**
     * With the upstream's extended RCODE and its extended errors (RFC 8914 section 3), no other option.
     *
     * @param infoCode an extended error to add, or -1
     */
    static byte[] of(QueryMessage query, byte[] reply, MessageShape shape, int infoCode) {
        ByteArrayOutputStream options = new ByteArrayOutputStream();
        int extendedRcode = 0;
        if (shape.opt() >= 0) {
            extendedRcode = reply[shape.opt() + 5];
            keepErrors(reply, shape.opt() + FIXED, shape.optEnd(), options);
        }
        if (infoCode >= 0) {
            options.writeBytes(new byte[] {0, EXTENDED_ERROR, 0, 2, 0, (byte) infoCode});
        }
        byte[] opt = new byte[FIXED + options.size()];
        Header.put16(opt, 1, 41);
        Header.put16(opt, 3, ReplyBytes.UDP_SIZE);
        opt[5] = (byte) extendedRcode;
        opt[7] = (byte) (query.edns().dnssecOk() ? 0x80 : 0);
        Header.put16(opt, 9, options.size());
        System.arraycopy(options.toByteArray(), 0, opt, FIXED, options.size());
        return opt;
    }

    private static void keepErrors(byte[] reply, int start, int end, ByteArrayOutputStream into) {
        int at = start;
        while (at + 4 <= end) {
            int next = at + 4 + Header.u16(reply, at + 2);
            if (Header.u16(reply, at) == EXTENDED_ERROR && next <= end) {
                into.write(reply, at, next - at);
            }
            at = next;
        }
    }
}

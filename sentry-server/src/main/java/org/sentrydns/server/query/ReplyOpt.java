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
    /** Code and length. */
    private static final int OPTION_HEAD = 4;
    /** Bytes of an option that has an extended error and no text. */
    private static final int SHORTEST_ERROR = OPTION_HEAD + 2;
    /** For local use (RFC 6891 section 9): nobody reads anything into it. */
    private static final int NOTHING = 65001;

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
        while (at + OPTION_HEAD <= end) {
            int next = at + OPTION_HEAD + Header.u16(reply, at + 2);
            if (next <= end && isError(reply, at, next)) {
                into.write(reply, at, next - at);
            }
            at = next;
        }
    }

    private static boolean isError(byte[] reply, int at, int next) {
        return Header.u16(reply, at) == EXTENDED_ERROR && next - at >= SHORTEST_ERROR;
    }

    /** Makes options that nobody here heeds unreadable, so that none of them can be wrong (RFC 6891 section 6.1.2). */
    static void blankOthers(byte[] reply, MessageShape shape) {
        int at = shape.opt() + FIXED;
        while (shape.opt() >= 0 && at + OPTION_HEAD <= shape.optEnd()) {
            int next = at + OPTION_HEAD + Header.u16(reply, at + 2);
            if (!isError(reply, at, next)) {
                Header.put16(reply, at, NOTHING);
            }
            at = next;
        }
    }
}

package org.sentrydns.server.query;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.LateRecords;
import org.sentrydns.server.wire.MessageShape;
import org.sentrydns.server.wire.QueryMessage;
import org.sentrydns.server.wire.ReplyBytes;
import org.xbill.DNS.Rcode;

/** Makes an upstream's reply the client's, byte by byte: what no rule touched stays as it came (RFC 5625). */
final class ForwardedReply {
    private ForwardedReply() {}

    /**
     * Restores it.
     *
     * @param reply a reply to the query's own question, in whatever letters' case
     * @param infoCode an extended error to add, or -1
     * @return null if its OPT record cannot be taken out of it
     */
    static byte @Nullable [] restore(QueryMessage query, byte[] reply, int infoCode) {
        MessageShape shape = MessageShape.of(reply, reply.length);
        if (shape == null) {
            // An error without its question is all that the upstreams let through.
            return ReplyBytes.empty(query, Header.rcode(reply), -1, "");
        }
        if (!LateRecords.mayMove(reply, shape)) {
            return null;
        }
        if (!query.edns().present() && shape.opt() >= 0 && reply[shape.opt() + 5] != 0) {
            return withoutUpperBits(query);
        }
        byte[] bytes = withOwnOpt(query, reply, shape, infoCode);
        Header.put16(bytes, 0, Header.id(query.bytes()));
        Header.put16(bytes, 2, flags(query, Header.flags(reply)));
        System.arraycopy(query.bytes(), Header.QUESTION, bytes, Header.QUESTION, query.questionEnd() - Header.QUESTION);
        return bytes;
    }

    /** Without an OPT record the upper bits of a response code have no place, and the lower ones alone mean something else. */
    static byte[] withoutUpperBits(QueryMessage query) {
        return ReplyBytes.empty(query, Rcode.SERVFAIL, -1, "");
    }

    /** Nobody here is an authority; AD goes to who asked for it (RFC 6840 section 5.8). */
    static int flags(QueryMessage query, int upstream) {
        boolean wantsAd = query.edns().dnssecOk() || (query.flags() & Header.AD) != 0;
        return Header.QR
                | Header.RA
                | (query.flags() & (Header.RD | Header.CD))
                | (wantsAd ? upstream & Header.AD : 0)
                | (upstream & Header.RCODE);
    }

    /** The OPT record concerns one hop: the client gets ours, if it sent one, with the extended errors kept. */
    private static byte[] withOwnOpt(QueryMessage query, byte[] reply, MessageShape shape, int infoCode) {
        if (!query.edns().present() && shape.opt() < 0) {
            return Arrays.copyOf(reply, shape.end());
        }
        byte[] opt = query.edns().present() ? ReplyOpt.of(query, reply, shape, infoCode) : new byte[0];
        int cut = shape.opt() < 0 ? shape.end() : shape.opt();
        int late = shape.opt() < 0 ? 0 : shape.end() - shape.optEnd();
        byte[] bytes = Arrays.copyOf(reply, cut + late + opt.length);
        if (late > 0) {
            System.arraycopy(reply, shape.optEnd(), bytes, cut, late);
        }
        System.arraycopy(opt, 0, bytes, cut + late, opt.length);
        int had = shape.opts();
        int has = query.edns().present() ? 1 : 0;
        Header.put16(bytes, 10, Header.count(reply, 3) - had + has);
        return bytes;
    }
}

package org.sentrydns.server.query;

import java.util.List;
import org.sentrydns.api.Reply;
import org.sentrydns.server.rule.Inquiry;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.QueryMessage;
import org.sentrydns.server.wire.ReplyBytes;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** Writes the replies that rules make themselves. */
final class LocalReply {
    private LocalReply() {}

    /** The reply at its full size. Owner names that a rewrite made are the client's again. */
    static byte[] encode(Inquiry inquiry, Reply reply) {
        QueryMessage query = inquiry.message();
        if (reply.answers().isEmpty() && reply.authority().isEmpty()) {
            return bare(query, reply);
        }
        Message message = question(inquiry);
        Name from = inquiry.name();
        Name to = inquiry.askedName();
        reply.answers().forEach(r -> message.addRecord(Owners.rename(r, from, to), Section.ANSWER));
        reply.authority().forEach(r -> message.addRecord(Owners.rename(r, from, to), Section.AUTHORITY));
        ExtendedErrorCodeOption error = reply.extendedError();
        addOpt(message, query, 0, error == null ? List.of() : List.of(cut(error)));
        return bytes(message, ReplyBytes.flags(query.flags(), reply.rcode()));
    }

    private static ExtendedErrorCodeOption cut(ExtendedErrorCodeOption error) {
        String text = error.getText();
        return text == null ? error : new ExtendedErrorCodeOption(error.getErrorCode(), ReplyBytes.cut(text));
    }

    private static byte[] bare(QueryMessage query, Reply reply) {
        ExtendedErrorCodeOption error = reply.extendedError();
        return error == null
                ? ReplyBytes.empty(query, reply.rcode(), -1, "")
                : ReplyBytes.empty(
                        query, reply.rcode(), error.getErrorCode(), error.getText() == null ? "" : error.getText());
    }

    /** A message with the client's ID and question. */
    static Message question(Inquiry inquiry) {
        QueryMessage query = inquiry.message();
        Message message = new Message(Header.id(query.bytes()));
        message.addRecord(Record.newRecord(inquiry.askedName(), query.type(), query.dnsClass()), Section.QUESTION);
        return message;
    }

    /** Sentry's OPT, for who sent one. */
    static void addOpt(Message message, QueryMessage query, int extendedRcode, List<? extends EDNSOption> options) {
        if (query.edns().present()) {
            int flags = query.edns().dnssecOk() ? ExtendedFlags.DO : 0;
            message.addRecord(
                    new OPTRecord(ReplyBytes.UDP_SIZE, extendedRcode, 0, flags, List.copyOf(options)),
                    Section.ADDITIONAL);
        }
    }

    static byte[] bytes(Message message, int flags) {
        byte[] bytes = message.toWire(Header.MAX_MESSAGE);
        // dnsjava leaves records out, and says so, when there are more than any message can hold.
        Header.put16(bytes, 2, flags | (Header.flags(bytes) & Header.TC));
        return bytes;
    }
}

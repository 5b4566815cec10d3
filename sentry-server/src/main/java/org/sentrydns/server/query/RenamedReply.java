package org.sentrydns.server.query;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.rule.Inquiry;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.MessageShape;
import org.sentrydns.server.wire.QueryMessage;
import org.sentrydns.server.wire.ReplyBytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Undoes a rewrite: the client gets its own question, and its own name where the new one owned records. */
final class RenamedReply {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.core");

    private RenamedReply() {}

    /**
     * Restores it.
     *
     * @param bytes a reply to the question under its new name
     * @param infoCode an extended error to add, or -1
     */
    static byte[] restore(Inquiry inquiry, byte[] bytes, int infoCode) {
        QueryMessage query = inquiry.message();
        try {
            return restore(inquiry, new Message(asRuled(bytes, inquiry.wireName())), infoCode);
        } catch (IOException | RuntimeException e) {
            // dnsjava throws the one when it reads what is odd, and can throw the other when it writes it.
            LOG.debug("the reply for {} cannot be given its old name: {}", inquiry.dotted(), e.toString());
            return ReplyBytes.empty(
                    query, Rcode.SERVFAIL, ExtendedErrorCodeOption.INVALID_DATA, "the upstream's reply is not valid");
        }
    }

    /** The name in the letters' case that the rules gave it: those of a question on its way may be random, and others lean on them. */
    private static byte[] asRuled(byte[] reply, byte[] name) {
        if (Header.count(reply, 0) != 1) {
            return reply;
        }
        byte[] copy = reply.clone();
        System.arraycopy(name, 0, copy, Header.QUESTION, name.length);
        MessageShape shape = MessageShape.of(copy, copy.length);
        if (shape != null) {
            ReplyOpt.blankOthers(copy, shape);
        }
        return copy;
    }

    private static byte[] restore(Inquiry inquiry, Message reply, int infoCode) {
        QueryMessage query = inquiry.message();
        Message message = LocalReply.question(inquiry);
        Name from = inquiry.name();
        Name to = inquiry.askedName();
        Set<Record> back = wayBack(reply, from, to);
        for (int section : new int[] {Section.ANSWER, Section.AUTHORITY, Section.ADDITIONAL}) {
            for (Record record : reply.getSection(section)) {
                if (back.contains(record)) {
                    continue;
                }
                if (from.equals(to) ? record.getType() != Type.OPT : survives(record, query.type(), from)) {
                    message.addRecord(Owners.rename(record, from, to), section);
                }
            }
        }
        OPTRecord opt = reply.getOPT();
        if (!query.edns().present() && opt != null && opt.getExtendedRcode() != 0) {
            return ForwardedReply.withoutUpperBits(query);
        }
        List<EDNSOption> errors = new ArrayList<>();
        if (opt != null) {
            errors.addAll(opt.getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR));
        }
        if (infoCode >= 0) {
            errors.add(new ExtendedErrorCodeOption(infoCode));
        }
        LocalReply.addOpt(message, query, opt == null ? 0 : opt.getExtendedRcode(), errors);
        return LocalReply.bytes(
                message, ReplyBytes.flags(query.flags(), reply.getHeader().getRcode()));
    }

    /**
     * The aliases by which the new name leads back to the client's own, where its records are: under one name with those they
     * would be a loop (RFC 1034 section 3.6.2). A way that is longer than any that is meant well is not looked at to its end.
     */
    private static Set<Record> wayBack(Message reply, Name from, Name to) {
        Set<Record> way = new HashSet<>();
        Name at = from;
        while (!at.equals(to)) {
            CNAMERecord alias = alias(reply, at);
            if (alias == null || way.size() == AnswerInspection.MAX_NAMES || !way.add(alias)) {
                return Set.of();
            }
            at = alias.getTarget();
        }
        return way;
    }

    private static @Nullable CNAMERecord alias(Message reply, Name owner) {
        for (Record record : reply.getSection(Section.ANSWER)) {
            if (record instanceof CNAMERecord alias && alias.getName().equals(owner)) {
                return alias;
            }
        }
        return null;
    }

    /** Signatures do not hold for another name, nor does what stands above the new one lead on from the old one. */
    private static boolean survives(Record record, int asked, Name from) {
        return switch (record.getType()) {
            case Type.OPT -> false;
            case Type.DNAME -> record.getName().equals(from);
            case Type.RRSIG, Type.NSEC, Type.NSEC3 -> record.getType() == asked;
            default -> true;
        };
    }
}

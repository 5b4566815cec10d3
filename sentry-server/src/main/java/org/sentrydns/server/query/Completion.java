package org.sentrydns.server.query;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sentrydns.api.Reply;
import org.sentrydns.server.rule.Inquiry;
import org.sentrydns.server.rule.Verdict;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Adds to a CNAME what its target has, as the rules resolve it for this client. Thread-safe. */
final class Completion {
    /** How many redirects may lead from one to the next. */
    static final int MAX_DEPTH = 8;

    private final QueryHandler handler;

    Completion(QueryHandler handler) {
        this.handler = handler;
    }

    /**
     * The reply with the target's records behind it, and the target's code (RFC 2308 section 2.1). The bare CNAME where the
     * rules have no answer for the target: the client may ask somebody else. SERVFAIL alone where that comes of the target.
     */
    Reply complete(Inquiry inquiry, Reply reply, int depth, Course course) {
        if (inquiry.message().type() == Type.CNAME
                || reply.answers().isEmpty()
                || !(reply.answers().getLast() instanceof CNAMERecord cname)) {
            return reply;
        }
        if (depth == MAX_DEPTH) {
            course.fail();
            return Reply.failure(Rcode.SERVFAIL)
                    .withExtendedError(ExtendedErrorCodeOption.OTHER, "more than " + MAX_DEPTH + " redirects in a row");
        }
        Verdict verdict = handler.decide(inquiry.about(cname.getTarget()));
        // What fails about the target is the client's failure only if it gets to see it.
        Course aside = new Course(verdict);
        Message target = ask(verdict, depth + 1, aside);
        if (target == null || target.getRcode() == Rcode.REFUSED) {
            return reply;
        }
        ExtendedErrorCodeOption why = reply.extendedError() != null ? reply.extendedError() : extendedError(target);
        if (!isAnswer(target.getRcode())) {
            // Nor does a loop come back with each of its rounds. Other codes are between this server and its upstream:
            // FORMERR would say that the client's own query is wrong.
            if (aside.isFailed()) {
                course.fail();
            }
            Reply failure = Reply.failure(Rcode.SERVFAIL);
            return why == null ? failure : failure.withExtendedError(why.getErrorCode(), why.getText());
        }
        List<Record> answers = new ArrayList<>(reply.answers());
        answers.addAll(data(target, Section.ANSWER));
        return new Reply(target.getRcode(), answers, data(target, Section.AUTHORITY), false, why);
    }

    /** Without what is about the message that an upstream sent. */
    private static List<Record> data(Message message, int section) {
        return message.getSection(section).stream()
                .filter(record -> switch (record.getType()) {
                    case Type.OPT, Type.TSIG, Type.TKEY -> false;
                    default -> true;
                })
                .toList();
    }

    private static boolean isAnswer(int rcode) {
        return rcode == Rcode.NOERROR || rcode == Rcode.NXDOMAIN || rcode == Rcode.YXDOMAIN;
    }

    private static @Nullable ExtendedErrorCodeOption extendedError(Message target) {
        return target.getOPT() == null
                ? null
                : target.getOPT().getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR).stream()
                        .map(ExtendedErrorCodeOption.class::cast)
                        .findFirst()
                        .orElse(null);
    }

    /** Null if the rules want no reply for the target. */
    private @Nullable Message ask(Verdict target, int depth, Course course) {
        byte[] reply = handler.carryOut(target, depth, course);
        if (reply == null) {
            return null;
        }
        try {
            return new Message(reply);
        } catch (IOException e) {
            Message failure = new Message();
            failure.getHeader().setRcode(Rcode.SERVFAIL);
            return failure;
        }
    }
}

package org.sentrydns.server.query;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sentrydns.api.Reply;
import org.sentrydns.server.rule.CompiledRule;
import org.sentrydns.server.rule.Inquiry;
import org.sentrydns.server.rule.RuleBook;
import org.sentrydns.server.rule.Verdict;
import org.sentrydns.server.wire.MessageShape;
import org.sentrydns.server.wire.RecordCursor;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * Looks whether an answer leads to a name that is blocked: by CNAME, which hides a tracker behind a name of the site's own,
 * or by HTTPS and SVCB (RFC 9460), which bring addresses without a question for them. Thread-safe.
 */
final class AnswerInspection {
    /** More names than any answer that is meant well leads to: each is a decision by all rules. */
    static final int MAX_NAMES = 32;

    private final RuleBook rules;
    private final boolean on;

    AnswerInspection(RuleBook rules, boolean on) {
        this.rules = rules;
        this.on = on && rules.canBlock();
    }

    /** An answer cannot be looked through. */
    static final class UndecidableException extends Exception {
        private static final long serialVersionUID = 1L;

        UndecidableException(String why) {
            super(why, null, false, false);
        }
    }

    /** What the rules say about the first name that the answer leads to and that is blocked, or on which a rule fails; or null. */
    @Nullable
    Verdict blocked(Inquiry inquiry, byte[] reply) throws UndecidableException {
        MessageShape shape = on ? MessageShape.of(reply, reply.length) : null;
        if (shape == null) {
            return null;
        }
        RecordCursor record = new RecordCursor(reply, shape);
        int names = 0;
        while (record.nextAnswer()) {
            int at = target(record);
            if (at >= 0 && ++names > MAX_NAMES) {
                throw new UndecidableException("the answer leads to too many names");
            }
            if (at >= 0 && !record.hasNameAt(at)) {
                // A client may be able to read it.
                throw new UndecidableException("the answer leads to a name that cannot be read");
            }
            Verdict verdict = at < 0 ? null : decide(inquiry, record.nameInData(at));
            if (verdict == null) {
                verdict = hinted(inquiry, reply, record);
            }
            if (record.type() != Type.CNAME) {
                verdict = ofThisTypeOnly(verdict);
            }
            if (verdict != null) {
                return verdict;
            }
        }
        return null;
    }

    /** Where the data names another name, or -1. */
    private static int target(RecordCursor record) {
        return switch (record.type()) {
            case Type.CNAME -> record.data();
            case Type.HTTPS, Type.SVCB -> record.data() + 2;
            default -> -1;
        };
    }

    /** What the rules say about the addresses that the record brings, as if the client had asked for them. */
    private @Nullable Verdict hinted(Inquiry inquiry, byte[] reply, RecordCursor record) {
        if (record.type() != Type.HTTPS && record.type() != Type.SVCB) {
            return null;
        }
        Verdict verdict = has(reply, record, Hints.IPV4)
                ? block(rules.inspect(inquiry.ofType(Type.A).followed()))
                : null;
        if (verdict == null && has(reply, record, Hints.IPV6)) {
            verdict = block(rules.inspect(inquiry.ofType(Type.AAAA).followed()));
        }
        return withoutAddresses(verdict);
    }

    private static boolean has(byte[] reply, RecordCursor record, int hint) {
        return Hints.any(reply, record, (key, start, end) -> key == hint && start < end);
    }

    /** Nobody asked for the addresses that the rule would give. */
    private static @Nullable Verdict withoutAddresses(@Nullable Verdict verdict) {
        if (!(verdict instanceof Verdict.Answer answer)) {
            return verdict;
        }
        Reply reply = answer.reply();
        Reply bare = new Reply(reply.rcode(), List.of(), reply.authority(), false, reply.extendedError());
        if (!reply.answers().isEmpty()) {
            // For as long as the addresses, which it would have been, are remembered.
            Inquiry inquiry = answer.inquiry();
            long ttl = reply.answers().stream().mapToLong(Record::getTTL).min().orElse(0);
            bare = bare.rememberedFor(inquiry.name(), inquiry.message().dnsClass(), ttl);
        }
        return new Verdict.Answer(answer.inquiry(), answer.rule(), bare);
    }

    /** The name is there, and has other types: NXDOMAIN would deny those too (RFC 8020 section 2). */
    private static @Nullable Verdict ofThisTypeOnly(@Nullable Verdict verdict) {
        if (!(verdict instanceof Verdict.Answer answer) || answer.reply().rcode() != Rcode.NXDOMAIN) {
            return verdict;
        }
        Reply reply = answer.reply();
        Reply empty =
                new Reply(Rcode.NOERROR, reply.answers(), reply.authority(), reply.completed(), reply.extendedError());
        return new Verdict.Answer(answer.inquiry(), answer.rule(), empty);
    }

    private @Nullable Verdict decide(Inquiry inquiry, byte[] name) {
        if (name.length == 1) {
            return null;
        }
        try {
            return block(rules.inspect(inquiry.renamed(new Name(name)).followed()));
        } catch (IOException e) {
            throw new IllegalStateException("the name was checked when the reply came", e);
        }
    }

    /** The verdict, and its rule counted, if it blocks; that of a rule that failed too, since it might have. */
    private static @Nullable Verdict block(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Answer answer -> counted(answer.rule()) ? answer : null;
            case Verdict.Drop drop -> counted(drop.rule()) ? drop : null;
            case Verdict.Forward forward -> null;
            case Verdict.NoRule noRule -> null;
            case Verdict.Failed failed -> failed;
        };
    }

    private static boolean counted(CompiledRule rule) {
        if (rule.isBlocking()) {
            rule.countHit();
        }
        return rule.isBlocking();
    }
}

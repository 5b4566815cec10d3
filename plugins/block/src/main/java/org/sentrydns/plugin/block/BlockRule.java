package org.sentrydns.plugin.block;

import java.util.Optional;
import org.sentrydns.api.ListEntry;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.Query;
import org.sentrydns.api.Reply;
import org.sentrydns.api.Rule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Immutable. One {@code block} line. */
final class BlockRule implements Rule {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.rules.block");

    /** What the client gets. */
    enum With {
        /** Nothing was said: what a list says, else an empty reply. */
        NOTHING,
        NODATA,
        NXDOMAIN,
        REFUSED,
        NULL,
        DROP
    }

    private final String subject;
    private final String blocking;
    private final With with;
    private final int ttl;
    private final Reasons plain;

    BlockRule(String subject, boolean conditional, With with, int ttl) {
        this.ttl = ttl;
        this.subject = subject;
        this.blocking = conditional ? "conditionally blocking" : "blocking";
        this.with = with;
        this.plain = Reasons.of("blocked by rule " + subject);
    }

    @Override
    public Outcome apply(Query query) {
        Optional<ListEntry> entry = query.listEntry();
        if (LOG.isWarnEnabled()) {
            LOG.warn(
                    "{} query: {} matched by rule: {} with context: {}",
                    blocking,
                    query.name(),
                    entry.isPresent() ? inLine(entry.get()) : subject,
                    query.context());
        }
        if (entry.isEmpty()) {
            return outcome(with, query, plain);
        }
        Reasons reasons = Reasons.of("blocked by rule " + inLine(entry.get()));
        return outcome(with == With.NOTHING ? wanted(entry.get()) : with, query, reasons);
    }

    private String inLine(ListEntry entry) {
        return subject + " (line " + entry.line() + ")";
    }

    private static With wanted(ListEntry entry) {
        return switch (entry.action()) {
            case UNSPECIFIED -> With.NOTHING;
            case NXDOMAIN -> With.NXDOMAIN;
            case NODATA -> With.NODATA;
            case DROP -> With.DROP;
        };
    }

    /** Replies that say why, made ahead where nothing in them depends on the query. */
    private record Reasons(String reason, Reply empty, Reply nxdomain, Outcome nothing, Outcome refused) {
        static Reasons of(String reason) {
            Reply empty = because(Reply.empty(), reason);
            return new Reasons(
                    reason,
                    empty,
                    because(Reply.failure(Rcode.NXDOMAIN), reason),
                    Outcome.answer(empty),
                    Outcome.answer(because(Reply.failure(Rcode.REFUSED), reason)));
        }
    }

    private Outcome outcome(With what, Query query, Reasons reasons) {
        return switch (what) {
            case NOTHING -> reasons.nothing();
            case NODATA -> nodata(query, reasons);
            case NXDOMAIN -> Outcome.answer(remembered(reasons.nxdomain(), query));
            case REFUSED -> reasons.refused();
            case NULL -> nowhere(query, reasons);
            case DROP -> Outcome.drop();
        };
    }

    private static Reply because(Reply reply, String reason) {
        return reply.withExtendedError(ExtendedErrorCodeOption.BLOCKED, reason);
    }

    private Outcome nodata(Query query, Reasons reasons) {
        return Outcome.answer(remembered(reasons.empty(), query));
    }

    private Outcome nowhere(Query query, Reasons reasons) {
        if (query.dnsClass() != DClass.IN) {
            return nodata(query, reasons);
        }
        return switch (query.type()) {
            case Type.A -> address(new ARecord(query.name(), DClass.IN, ttl, new byte[4]), reasons);
            case Type.AAAA -> address(new AAAARecord(query.name(), DClass.IN, ttl, new byte[16]), reasons);
            default -> nodata(query, reasons);
        };
    }

    private static Outcome address(Record unspecified, Reasons reasons) {
        return Outcome.answer(because(Reply.of(unspecified), reasons.reason()));
    }

    private Reply remembered(Reply reply, Query query) {
        return reply.rememberedFor(query.name(), query.dnsClass(), ttl);
    }
}

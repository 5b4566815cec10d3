package org.sentrydns.plugin.block;

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
    private final String reason;
    private final Reply empty;
    private final Reply nxdomain;
    private final Outcome nothing;
    private final Outcome refused;

    BlockRule(String subject, boolean conditional, With with, int ttl) {
        this.ttl = ttl;
        this.subject = subject;
        this.blocking = conditional ? "conditionally blocking" : "blocking";
        this.with = with;
        this.reason = "blocked by rule " + subject;
        this.empty = because(Reply.empty());
        this.nxdomain = because(Reply.failure(Rcode.NXDOMAIN));
        this.nothing = Outcome.answer(empty);
        this.refused = Outcome.answer(because(Reply.failure(Rcode.REFUSED)));
    }

    @Override
    public Outcome apply(Query query) {
        if (LOG.isWarnEnabled()) {
            LOG.warn(
                    "{} query: {} matched by rule: {} with context: {}",
                    blocking,
                    query.name(),
                    subject,
                    query.context());
        }
        return switch (with) {
            case NOTHING -> nothing;
            case NODATA -> nodata(query);
            case NXDOMAIN -> Outcome.answer(remembered(nxdomain, query));
            case REFUSED -> refused;
            case NULL -> nowhere(query);
            case DROP -> Outcome.drop();
        };
    }

    private Reply because(Reply reply) {
        return reply.withExtendedError(ExtendedErrorCodeOption.BLOCKED, reason);
    }

    private Outcome nodata(Query query) {
        return Outcome.answer(remembered(empty, query));
    }

    private Outcome nowhere(Query query) {
        if (query.dnsClass() != DClass.IN) {
            return nodata(query);
        }
        return switch (query.type()) {
            case Type.A -> address(new ARecord(query.name(), DClass.IN, ttl, new byte[4]));
            case Type.AAAA -> address(new AAAARecord(query.name(), DClass.IN, ttl, new byte[16]));
            default -> nodata(query);
        };
    }

    private Outcome address(Record unspecified) {
        return Outcome.answer(because(Reply.of(unspecified)));
    }

    private Reply remembered(Reply reply, Query query) {
        return reply.rememberedFor(query.name(), query.dnsClass(), ttl);
    }
}

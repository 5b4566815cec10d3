package org.sentrydns.plugin.block;

import java.net.InetSocketAddress;
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
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/** Immutable. One {@code block} line. */
final class BlockRule implements Rule {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.rules.block");
    private static final int TTL = 300;
    private static final Name PRIMARY = Name.fromConstantString("localhost.");
    private static final Name MAILBOX = Name.fromConstantString("nobody.invalid.");

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
    private final String reason;
    private final Reply empty;
    private final Reply nxdomain;
    private final Outcome nothing;
    private final Outcome refused;

    BlockRule(String subject, boolean conditional, With with) {
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
                    context(query));
        }
        return switch (with) {
            case NOTHING -> nothing;
            case NODATA -> nodata(query);
            case NXDOMAIN -> Outcome.answer(nxdomain.withAuthority(soa(query)));
            case REFUSED -> refused;
            case NULL -> nowhere(query);
            case DROP -> Outcome.drop();
        };
    }

    private Reply because(Reply reply) {
        return reply.withExtendedError(ExtendedErrorCodeOption.BLOCKED, reason);
    }

    private Outcome nodata(Query query) {
        return Outcome.answer(empty.withAuthority(soa(query)));
    }

    private Outcome nowhere(Query query) {
        if (query.dnsClass() != DClass.IN) {
            return nodata(query);
        }
        return switch (query.type()) {
            case Type.A -> address(new ARecord(query.name(), DClass.IN, TTL, new byte[4]));
            case Type.AAAA -> address(new AAAARecord(query.name(), DClass.IN, TTL, new byte[16]));
            default -> nodata(query);
        };
    }

    private Outcome address(Record unspecified) {
        return Outcome.answer(because(Reply.of(unspecified)));
    }

    // ANY is a class of questions only (RFC 1035 section 3.2.5): no record may have it.
    private static Record soa(Query query) {
        int dnsClass = query.dnsClass() == DClass.ANY ? DClass.IN : query.dnsClass();
        return new SOARecord(query.name(), dnsClass, TTL, PRIMARY, MAILBOX, 1, 3600, 600, 86400, TTL);
    }

    private static String context(Query query) {
        return "{'client': '" + address(query.client())
                + "', 'server': '" + address(query.server())
                + "', 'type': '" + Type.string(query.type())
                + "', 'class': '" + DClass.string(query.dnsClass()) + "'}";
    }

    // The address and never the host name, which would be looked up, perhaps through this very server.
    private static String address(InetSocketAddress socket) {
        String host = socket.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + socket.getPort();
    }
}

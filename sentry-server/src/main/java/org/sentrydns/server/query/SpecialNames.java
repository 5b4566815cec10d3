package org.sentrydns.server.query;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.sentrydns.api.Reply;
import org.sentrydns.server.config.DomainNames;
import org.sentrydns.server.rule.Explanation;
import org.sentrydns.server.rule.Inquiry;
import org.sentrydns.server.rule.Verdict;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * Names that must not leave for an upstream: {@code localhost} and {@code invalid} (RFC 6761 sections 6.3 and 6.4),
 * {@code onion} (RFC 7686 section 2), {@code resolver.arpa} (RFC 9462 section 6.4). Immutable. Rules come first, and so may
 * say otherwise.
 */
public final class SpecialNames {
    private static final long TTL = 300;
    private static final byte[] LOOPBACK_4 = {127, 0, 0, 1};
    private static final byte[] LOOPBACK_6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private SpecialNames() {}

    /** Notes where the server answers by itself, since the rules leave the question to upstreams, or to nobody. */
    public static Explanation note(Explanation explanation) {
        return concern(explanation.verdict())
                ? explanation.with(List.of(explanation.verdict().inquiry().dotted()
                        + " is a special name: Sentry answers it itself and asks nobody (special_names)"))
                : explanation;
    }

    /** Whether the server answers by itself where the rules leave a question to upstreams, or to nobody. */
    public static boolean concern(Verdict verdict) {
        return (verdict instanceof Verdict.Forward || verdict instanceof Verdict.NoRule)
                && reply(verdict.inquiry()).isPresent();
    }

    static Optional<Reply> reply(Inquiry inquiry) {
        String name = inquiry.dotted();
        if (inquiry.message().dnsClass() != DClass.IN) {
            return Optional.empty();
        }
        if (DomainNames.isOrBelow(name, "localhost")) {
            return Optional.of(localhost(inquiry));
        }
        if (DomainNames.isOrBelow(name, "invalid") || DomainNames.isOrBelow(name, "onion")) {
            return Optional.of(nothing(Reply.failure(Rcode.NXDOMAIN), inquiry));
        }
        return DomainNames.isOrBelow(name, "resolver.arpa")
                ? Optional.of(nothing(Reply.empty(), inquiry))
                : Optional.empty();
    }

    private static Reply localhost(Inquiry inquiry) {
        Name name = inquiry.name();
        try {
            return switch (inquiry.message().type()) {
                case Type.A -> Reply.of(new ARecord(name, DClass.IN, TTL, InetAddress.getByAddress(LOOPBACK_4)));
                case Type.AAAA -> Reply.of(new AAAARecord(name, DClass.IN, TTL, InetAddress.getByAddress(LOOPBACK_6)));
                default -> nothing(Reply.empty(), inquiry);
            };
        } catch (UnknownHostException e) {
            throw new IllegalStateException("addresses of 4 and 16 bytes", e);
        }
    }

    private static Reply nothing(Reply reply, Inquiry inquiry) {
        return reply.rememberedFor(inquiry.name(), DClass.IN, TTL);
    }
}

package org.sentrydns.server.query;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import org.sentrydns.api.Reply;
import org.sentrydns.server.rule.Inquiry;
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
final class SpecialNames {
    private static final long TTL = 300;
    private static final byte[] LOOPBACK_4 = {127, 0, 0, 1};
    private static final byte[] LOOPBACK_6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private SpecialNames() {}

    static Optional<Reply> reply(Inquiry inquiry) {
        String name = inquiry.dotted();
        int end = name.length() - 1;
        int label = name.lastIndexOf('.', end - 1) + 1;
        if (inquiry.message().dnsClass() != DClass.IN || label > end) {
            return Optional.empty();
        }
        return switch (name.substring(label, end).toLowerCase(Locale.ROOT)) {
            case "localhost" -> Optional.of(localhost(inquiry));
            case "invalid", "onion" -> Optional.of(nothing(Reply.failure(Rcode.NXDOMAIN), inquiry));
            case "arpa" -> isResolverArpa(name) ? Optional.of(nothing(Reply.empty(), inquiry)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static boolean isResolverArpa(String name) {
        String dotted = "." + name.toLowerCase(Locale.ROOT);
        return dotted.endsWith(".resolver.arpa.");
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

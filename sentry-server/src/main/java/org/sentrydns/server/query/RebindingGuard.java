package org.sentrydns.server.query;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.config.DomainNames;
import org.sentrydns.server.config.Rebinding;
import org.sentrydns.server.rule.Inquiry;
import org.sentrydns.server.wire.MessageShape;
import org.sentrydns.server.wire.RecordCursor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Finds answers that point a public name at a private address, to reach through a browser into a network. Immutable. */
record RebindingGuard(boolean on, List<String> except) {

    private static final byte[] TRANSLATED = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};
    private static final byte[] COMPATIBLE = new byte[12];
    private static final byte[] SIX_TO_FOUR = {0x20, 2};
    private static final Logger LOG = LoggerFactory.getLogger("sentry.core");

    static RebindingGuard of(Rebinding settings) {
        return new RebindingGuard(
                settings.on(),
                settings.except().stream().map(name -> name.toString(true)).toList());
    }

    /**
     * Looks at a reply.
     *
     * @return the reply as it may go on: what an upstream adds to its answer is dropped where there is a private address among
     *     it; null if the answer itself has one
     */
    byte @Nullable [] pass(Inquiry inquiry, byte[] reply) {
        if (!on || isExcepted(inquiry.dotted())) {
            return reply;
        }
        MessageShape shape = MessageShape.of(reply, reply.length);
        if (shape == null) {
            return reply;
        }
        RecordCursor record = new RecordCursor(reply, shape);
        while (record.next()) {
            if (isPrivate(reply, record)) {
                return record.isAnswer() ? null : withoutAddedAddresses(reply.clone(), shape);
            }
        }
        return reply;
    }

    private static byte @Nullable [] withoutAddedAddresses(byte[] reply, MessageShape shape) {
        try {
            ReplyOpt.blankOthers(reply, shape);
            Message message = new Message(reply);
            for (Record added : List.copyOf(message.getSection(Section.ADDITIONAL))) {
                switch (added.getType()) {
                    case Type.A, Type.AAAA, Type.HTTPS, Type.SVCB -> message.removeRecord(added, Section.ADDITIONAL);
                    default -> {}
                }
            }
            return message.toWire();
        } catch (IOException | RuntimeException e) {
            // As in RenamedReply: what cannot be looked at is not passed on.
            LOG.debug("a reply cannot be freed of its private addresses: {}", e.toString());
            return null;
        }
    }

    private static boolean isPrivate(byte[] reply, RecordCursor record) {
        return switch (record.type()) {
            case Type.A -> hasPrivate(reply, record.data(), record.end(), 4);
            case Type.AAAA -> hasPrivate(reply, record.data(), record.end(), 16);
            case Type.HTTPS, Type.SVCB -> hintsAtPrivate(reply, record);
            default -> false;
        };
    }

    private static boolean hintsAtPrivate(byte[] reply, RecordCursor record) {
        return Hints.any(reply, record, (key, start, end) -> switch (key) {
            case Hints.IPV4 -> hasPrivate(reply, start, end, 4);
            case Hints.IPV6 -> hasPrivate(reply, start, end, 16);
            default -> false;
        });
    }

    /** Looks at addresses of that many bytes, one behind the other. */
    private static boolean hasPrivate(byte[] reply, int start, int end, int size) {
        for (int at = start; at + size <= end; at += size) {
            if (isPrivate(Arrays.copyOfRange(reply, at, at + size))) {
                return true;
            }
        }
        return false;
    }

    private boolean isExcepted(String name) {
        return except.stream().anyMatch(other -> DomainNames.isOrBelow(name, other));
    }

    private static boolean isPrivate(byte[] bytes) {
        return isPrivateItself(bytes) || (bytes.length == 16 && isPrivateItself(within(bytes)));
    }

    /** The IPv4 address to which packets for this one go (RFC 6052 section 2.1, RFC 3056 section 2, RFC 4291 section 2.5.5.1). */
    private static byte[] within(byte[] bytes) {
        if (startsWith(bytes, TRANSLATED) || startsWith(bytes, COMPATIBLE)) {
            return Arrays.copyOfRange(bytes, 12, 16);
        }
        return startsWith(bytes, SIX_TO_FOUR) ? Arrays.copyOfRange(bytes, 2, 6) : bytes;
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        return Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static boolean isPrivateItself(byte[] bytes) {
        try {
            // An IPv4-mapped address comes back as IPv4.
            InetAddress address = InetAddress.getByAddress(bytes);
            boolean uniqueLocal = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
            return uniqueLocal
                    || address.isAnyLocalAddress()
                    || address.isLoopbackAddress()
                    || address.isLinkLocalAddress()
                    || address.isSiteLocalAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of 4 or 16 bytes", e);
        }
    }
}

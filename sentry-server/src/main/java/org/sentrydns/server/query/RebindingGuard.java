package org.sentrydns.server.query;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.sentrydns.server.config.Rebinding;
import org.sentrydns.server.rule.Inquiry;
import org.sentrydns.server.wire.MessageShape;
import org.sentrydns.server.wire.RecordCursor;
import org.xbill.DNS.Type;

/** Finds answers that point a public name at a private address, to reach through a browser into a network. Immutable. */
record RebindingGuard(boolean on, List<String> except) {

    static RebindingGuard of(Rebinding settings) {
        return new RebindingGuard(
                settings.on(),
                settings.except().stream()
                        .map(name -> "." + name.toLowerCase(Locale.ROOT).replaceAll("\\.$", "") + ".")
                        .toList());
    }

    boolean refuses(Inquiry inquiry, byte[] reply) {
        if (!on || isExcepted(inquiry.dotted())) {
            return false;
        }
        MessageShape shape = MessageShape.of(reply, reply.length);
        if (shape == null) {
            return false;
        }
        RecordCursor record = new RecordCursor(reply, shape);
        while (record.nextAnswer()) {
            int length = record.end() - record.data();
            boolean address = (record.type() == Type.A && length == 4) || (record.type() == Type.AAAA && length == 16);
            if (address && isPrivate(Arrays.copyOfRange(reply, record.data(), record.end()))) {
                return true;
            }
        }
        return false;
    }

    private boolean isExcepted(String name) {
        String dotted = "." + name.toLowerCase(Locale.ROOT);
        return except.stream().anyMatch(dotted::endsWith);
    }

    private static boolean isPrivate(byte[] bytes) {
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

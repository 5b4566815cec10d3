package org.sentrydns.server.dnstap;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.sentrydns.api.Transport;
import org.sentrydns.api.Upstream;
import org.sentrydns.server.observe.QueryEvent;

/**
 * A question and its reply, as dnstap has them (dnstap.proto, message Message). Immutable, if nobody writes to its bytes.
 *
 * @param forwarded whether it went to an upstream; else it came from a client
 * @param from who asked; null if that is not known
 * @param to who was asked; null if that is not known
 * @param protocol how, as dnstap numbers it
 * @param asked when
 * @param answered when it ended
 * @param query the question
 * @param reply the reply; null if there was none
 */
@SuppressWarnings("ArrayRecordComponent")
record Tapped(
        boolean forwarded,
        @Nullable InetSocketAddress from,
        @Nullable InetSocketAddress to,
        int protocol,
        Instant asked,
        Instant answered,
        byte[] query,
        byte @Nullable [] reply) {
    private static final int CLIENT_QUERY = 5;
    private static final int FORWARDER_QUERY = 7;
    private static final int INET = 1;
    private static final int INET6 = 2;
    private static final int UNKNOWN = 0;
    private static final int UDP = 1;
    private static final int TCP = 2;
    private static final int DOT = 3;
    private static final int DOH = 4;
    private static final int HEAD = 200;

    static Tapped of(QueryEvent event) {
        return new Tapped(
                false,
                event.asker().client(),
                event.asker().server(),
                protocol(event.asker().transport()),
                event.ended().minusNanos(event.nanos()),
                event.ended(),
                event.query().bytes(),
                event.reply());
    }

    /** The frame about the question. */
    byte[] queryFrame(String identity, String version) {
        Protobuf message = head(forwarded ? FORWARDER_QUERY : CLIENT_QUERY);
        time(message, 8, asked);
        return frame(identity, version, message.bytes(10, query));
    }

    /** The frame about the reply. */
    byte[] replyFrame(String identity, String version, byte[] message) {
        Protobuf answer = head(1 + (forwarded ? FORWARDER_QUERY : CLIENT_QUERY));
        time(answer, 8, asked);
        time(answer, 12, answered);
        return frame(identity, version, answer.bytes(14, message));
    }

    private Protobuf head(int type) {
        Protobuf message = new Protobuf().number(1, type);
        InetSocketAddress known = from == null ? to : from;
        if (known != null) {
            message.number(2, known.getAddress() instanceof Inet4Address ? INET : INET6);
        }
        if (protocol != UNKNOWN) {
            message.number(3, protocol);
        }
        address(message, from, 4, 6);
        address(message, to, 5, 7);
        return message;
    }

    private static int protocol(Transport transport) {
        return switch (transport) {
            case UDP -> UDP;
            case TCP -> TCP;
        };
    }

    /** How an upstream is asked, as dnstap numbers it. */
    static int protocol(Upstream.Kind kind) {
        return switch (kind) {
            case UDP -> UDP;
            case TCP -> TCP;
            case TLS -> DOT;
            case HTTPS -> DOH;
            case SYSTEM -> UNKNOWN;
        };
    }

    /** Bytes, about. */
    int size() {
        return HEAD + query.length + (reply == null ? 0 : reply.length);
    }

    private static void address(Protobuf message, @Nullable InetSocketAddress address, int field, int portField) {
        InetAddress host = address == null ? null : address.getAddress();
        if (address != null && host != null) {
            message.bytes(field, host.getAddress()).number(portField, address.getPort());
        }
    }

    private static void time(Protobuf message, int field, Instant time) {
        message.number(field, time.getEpochSecond()).fixed(field + 1, time.getNano());
    }

    private static byte[] frame(String identity, String version, Protobuf message) {
        return new Protobuf()
                .text(1, identity)
                .text(2, version)
                .bytes(14, message.toBytes())
                .number(15, 1)
                .toBytes();
    }
}

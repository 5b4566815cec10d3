package org.sentrydns.server.listen;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import jdk.net.ExtendedSocketOptions;
import org.sentrydns.server.wire.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One UDP socket on one address, received by a platform thread. The queries' threads send by the same channel; nobody
 * interrupts them, so it stays open.
 */
final class UdpListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.net");
    private static final int SOCKET_BUFFER = 4 << 20;

    private final DatagramChannel channel;
    private final InetSocketAddress local;
    private final UdpService service;

    UdpListener(InetSocketAddress address, UdpService service) throws IOException {
        this.service = service;
        channel = bind(address, SOCKET_BUFFER);
        local = (InetSocketAddress) channel.getLocalAddress();
    }

    static DatagramChannel bind(InetSocketAddress address, int buffer) throws IOException {
        DatagramChannel channel = DatagramChannel.open(family(address.getAddress()));
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, buffer);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, buffer);
            if (channel.supportedOptions().contains(ExtendedSocketOptions.IP_DONTFRAGMENT)) {
                // RFC 9715 section 3.1; replies are small enough to need no fragments.
                channel.setOption(ExtendedSocketOptions.IP_DONTFRAGMENT, true);
            }
            return channel.bind(address);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static ProtocolFamily family(InetAddress address) {
        return address instanceof Inet4Address ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
    }

    void start() {
        Thread.ofPlatform()
                .name("sentry-udp-" + local.getAddress().getHostAddress())
                .start(this::receive);
    }

    private void receive() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(Header.MAX_MESSAGE);
        while (channel.isOpen()) {
            try {
                InetSocketAddress client = (InetSocketAddress) channel.receive(buffer.clear());
                service.accept(channel, local, buffer.flip(), client);
            } catch (ClosedChannelException e) {
                LOG.debug("no longer listening on {}", local);
            } catch (IOException e) {
                // An ICMP error to an earlier reply; the socket itself lives on.
                LOG.debug("receiving on {}: {}", local, e.getMessage());
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

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
import org.sentrydns.server.loop.QueryLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One UDP socket on one address, read by a loop. The queries' threads send by the same channel, which never blocks, so an
 * interrupt cannot close it.
 */
final class UdpListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.net");
    /** Then the queries that came have their turn. */
    private static final int AT_ONCE = 64;
    /** Where queries are rarer, there is seldom a second one to read, and looking for it costs a system call. */
    private static final long BUSY_NANOS = 30_000;

    private final DatagramChannel channel;
    private final InetSocketAddress local;
    private final UdpService service;
    private final QueryLoop loop;
    private long lastRead;

    /**
     * Binds.
     *
     * @param buffer the size of the kernel's buffers in bytes
     * @param shared whether other sockets of this server are bound to the same address and port
     */
    UdpListener(InetSocketAddress address, int buffer, boolean shared, UdpService service, QueryLoop loop)
            throws IOException {
        this.service = service;
        this.loop = loop;
        channel = bind(address, buffer, shared);
        local = (InetSocketAddress) channel.getLocalAddress();
    }

    static DatagramChannel bind(InetSocketAddress address, int buffer, boolean shared) throws IOException {
        DatagramChannel channel = DatagramChannel.open(family(address.getAddress()));
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, buffer);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, buffer);
            if (shared) {
                channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
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

    void start() throws IOException {
        loop.register(channel, this::receive);
    }

    private void receive(ByteBuffer buffer) {
        long now = System.nanoTime();
        int most = now - lastRead < BUSY_NANOS ? AT_ONCE : 1;
        lastRead = now;
        for (int i = 0; i < most; i++) {
            try {
                if (!(channel.receive(buffer.clear()) instanceof InetSocketAddress client)) {
                    return;
                }
                service.accept(loop, channel, local, buffer.flip(), client);
            } catch (ClosedChannelException e) {
                LOG.debug("no longer listening on {}", local);
                return;
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

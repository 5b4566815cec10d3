package org.sentrydns.server.listen;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import jdk.net.ExtendedSocketOptions;
import org.sentrydns.server.loop.DatagramPort;
import org.sentrydns.server.loop.QueryLoop;
import org.sentrydns.server.loop.QueryLoops;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sockets of one or several addresses, opened and closed together. Immutable. */
final class UdpSockets implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.net");
    private static final int BUFFER = 4 << 20;
    private static final int RARELY_USED_BUFFER = 64 << 10;

    private final List<DatagramPort> ports;

    private UdpSockets(List<DatagramPort> ports) {
        this.ports = ports;
    }

    /** One socket for each loop, among which the kernel divides the clients. */
    static UdpSockets on(InetSocketAddress address, UdpService service, QueryLoops loops) throws IOException {
        UdpSockets sockets = new UdpSockets(new ArrayList<>());
        try {
            boolean shared = loops.all().size() > 1;
            for (QueryLoop loop : loops.all()) {
                sockets.ports.add(new DatagramPort(bind(address, BUFFER, shared), loop, service));
            }
            return sockets;
        } catch (IOException | RuntimeException e) {
            sockets.close();
            throw e;
        }
    }

    /** The loopback addresses that no interface lists, 127.0.0.2 and up: rarely asked, so one small socket will do. */
    static UdpSockets onOtherLoopbacks(int port, UdpService service, QueryLoops loops) throws IOException {
        UdpSockets sockets = new UdpSockets(new ArrayList<>());
        try {
            for (InetAddress address : LocalAddresses.otherLoopbacks()) {
                sockets.bindIfFree(
                        new InetSocketAddress(address, port),
                        service,
                        loops.all().getFirst());
            }
            return sockets;
        } catch (IOException | RuntimeException e) {
            sockets.close();
            throw e;
        }
    }

    private void bindIfFree(InetSocketAddress address, UdpService service, QueryLoop loop) throws IOException {
        try {
            ports.add(new DatagramPort(bind(address, RARELY_USED_BUFFER, false), loop, service));
        } catch (BindException e) {
            // An interface lists it after all, another program has it, or this system has only 127.0.0.1.
            LOG.debug("not listening on {}: {}", address, e.getMessage());
        }
    }

    /** @param buffer the size of the kernel's buffers in bytes
     * @param shared whether other sockets of this server are bound to the same address and port
     */
    static DatagramChannel bind(InetSocketAddress address, int buffer, boolean shared) throws IOException {
        DatagramChannel channel = DatagramPort.openChannel(address.getAddress());
        try {
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

    void start() throws IOException {
        for (DatagramPort port : ports) {
            port.start();
        }
    }

    @Override
    public void close() throws IOException {
        for (DatagramPort port : ports) {
            port.close();
        }
    }
}

package org.sentrydns.server.listen;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.sentrydns.server.wire.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loopback addresses that no interface lists, 127.0.0.2 and up: rarely asked, so one thread receives for all of them.
 */
final class LoopbackListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.net");
    private static final int SOCKET_BUFFER = 64 << 10;

    private final Selector selector;
    private final UdpService service;

    LoopbackListener(int port, UdpService service) throws IOException {
        this.service = service;
        this.selector = Selector.open();
        try {
            for (InetAddress address : LocalAddresses.otherLoopbacks()) {
                bind(new InetSocketAddress(address, port));
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private void bind(InetSocketAddress address) throws IOException {
        try {
            DatagramChannel channel = UdpListener.bind(address, SOCKET_BUFFER);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, address);
        } catch (BindException e) {
            // An interface lists it after all, another program has it, or this system has only 127.0.0.1.
            LOG.debug("not listening on {}: {}", address, e.getMessage());
        }
    }

    void start() {
        Thread.ofPlatform().name("sentry-udp-loopback").daemon().start(this::run);
    }

    private void run() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(Header.MAX_MESSAGE);
        try {
            while (selector.isOpen()) {
                selector.select(key -> drain(key, buffer));
            }
        } catch (ClosedSelectorException e) {
            LOG.debug("no longer listening on loopback addresses");
        } catch (IOException e) {
            LOG.error("no longer listening on loopback addresses but 127.0.0.1", e);
        }
    }

    private void drain(SelectionKey key, ByteBuffer buffer) {
        DatagramChannel channel = (DatagramChannel) key.channel();
        try {
            while (channel.receive(buffer.clear()) instanceof InetSocketAddress client) {
                service.accept(channel, (InetSocketAddress) key.attachment(), buffer.flip(), client);
            }
        } catch (IOException e) {
            LOG.debug("receiving on {}: {}", key.attachment(), e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        if (selector.isOpen()) {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        }
    }
}

package org.sentrydns.server.upstream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.sentrydns.server.wire.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one platform thread that reads all sockets to upstreams and closes those that have served their time. Thread-safe.
 */
final class UdpReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.net");
    private static final long SWEEP_MILLIS = 1000;

    private final Selector selector;

    UdpReader() throws IOException {
        selector = Selector.open();
        Thread.ofPlatform().name("sentry-upstream").daemon().start(this::run);
    }

    void register(UdpSocket socket) throws IOException {
        socket.channel().register(selector, SelectionKey.OP_READ, socket);
        selector.wakeup();
    }

    int sockets() {
        return selector.keys().size();
    }

    private void run() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(Header.MAX_MESSAGE);
        long swept = System.nanoTime();
        try {
            while (selector.isOpen()) {
                selector.select(key -> drain(key, buffer), selector.keys().isEmpty() ? 0 : SWEEP_MILLIS);
                if (System.nanoTime() - swept > SWEEP_MILLIS * 1_000_000) {
                    sweep();
                    swept = System.nanoTime();
                }
            }
        } catch (ClosedSelectorException e) {
            LOG.debug("no more upstream sockets are read");
        } catch (IOException | RuntimeException e) {
            LOG.error("reading from upstreams has ended, nothing can be resolved any more", e);
        }
    }

    private static void drain(SelectionKey key, ByteBuffer buffer) {
        try {
            ((UdpSocket) key.attachment()).drain(buffer);
        } catch (RuntimeException e) {
            LOG.error("a reply of an upstream could not be read", e);
        }
    }

    private void sweep() throws IOException {
        for (SelectionKey key : selector.keys()) {
            UdpSocket socket = (UdpSocket) key.attachment();
            if (socket.isWorn() && socket.isIdle()) {
                socket.close();
            }
        }
    }

    @Override
    public void close() {
        try {
            if (selector.isOpen()) {
                for (SelectionKey key : selector.keys()) {
                    ((UdpSocket) key.attachment()).close();
                }
                selector.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

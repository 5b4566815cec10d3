package org.sentrydns.server.warmup;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.MessageShape;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers every datagram with its question and an address. Confined to the thread that it starts. */
final class EchoUpstream implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.core");
    private static final byte[] ADDRESS = {(byte) 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, (byte) 192, 0, 2, 1};

    private final DatagramChannel channel;

    EchoUpstream() throws IOException {
        channel = DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread.ofPlatform().name("sentry-warm-up-upstream").daemon().start(this::serve);
    }

    int port() throws IOException {
        return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    private void serve() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(Header.MAX_MESSAGE);
        try {
            while (channel.isOpen()) {
                SocketAddress client = channel.receive(buffer.clear());
                int end = endOfQuestion(buffer.flip());
                if (end < 0) {
                    continue;
                }
                buffer.limit(end + ADDRESS.length).position(end).put(ADDRESS).flip();
                buffer.putShort(2, (short) 0x8180).putShort(6, (short) 1).putShort(10, (short) 0);
                channel.send(buffer, client);
            }
        } catch (ClosedChannelException e) {
            LOG.trace("the warm-up is over");
        } catch (IOException e) {
            LOG.debug("the warm-up's upstream: {}", e.getMessage());
        }
    }

    /** Negative for what is no question of the warm-up: any program of this machine can send here. */
    private static int endOfQuestion(ByteBuffer message) {
        byte[] bytes = new byte[message.limit()];
        message.get(0, bytes);
        MessageShape shape = MessageShape.of(bytes, bytes.length);
        return shape == null ? -1 : shape.questionEnd();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

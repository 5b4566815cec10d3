package org.sentrydns.server.dnstap;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/**
 * The sending side of Frame Streams, with the handshake in both directions (fstrm's control.h): READY, ACCEPT, START, the
 * frames, STOP, FINISH. Confined to one thread.
 */
final class FrameStream implements AutoCloseable {
    private static final byte[] CONTENT_TYPE = "protobuf:dnstap.Dnstap".getBytes(StandardCharsets.US_ASCII);
    private static final int CONTENT_TYPE_FIELD = 1;
    private static final int ACCEPT = 1;
    private static final int START = 2;
    private static final int STOP = 3;
    private static final int READY = 4;
    private static final int MAX_CONTROL = 512;

    private final SocketChannel channel;
    private final Duration patience;
    private final DataOutputStream out;
    private final DataInputStream in;

    private FrameStream(SocketChannel channel, Duration patience) {
        this.channel = channel;
        this.patience = patience;
        this.out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16));
        this.in = new DataInputStream(Channels.newInputStream(channel));
    }

    /** @param patience how long the collector may take for each of its answers */
    static FrameStream connect(SocketAddress collector, Duration patience) throws IOException {
        SocketChannel channel = collector instanceof InetSocketAddress
                ? SocketChannel.open()
                : SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            if (collector instanceof InetSocketAddress) {
                channel.socket().connect(collector, Math.toIntExact(patience.toMillis()));
            } else {
                channel.connect(collector);
            }
            FrameStream stream = new FrameStream(channel, patience);
            stream.control(READY, true);
            stream.out.flush();
            stream.awaitAccept();
            stream.control(START, true);
            return stream;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private void control(int type, boolean withContentType) throws IOException {
        out.writeInt(0);
        out.writeInt(withContentType ? 12 + CONTENT_TYPE.length : 4);
        out.writeInt(type);
        if (withContentType) {
            out.writeInt(CONTENT_TYPE_FIELD);
            out.writeInt(CONTENT_TYPE.length);
            out.write(CONTENT_TYPE);
        }
    }

    private void awaitAccept() throws IOException {
        byte[] frame = answer();
        String text = new String(frame, StandardCharsets.ISO_8859_1);
        boolean accepts = Arrays.equals(frame, 0, 4, new byte[] {0, 0, 0, ACCEPT}, 0, 4);
        if (!accepts || !text.contains(new String(CONTENT_TYPE, StandardCharsets.ISO_8859_1))) {
            throw new IOException("it does not take dnstap");
        }
    }

    /** The control frame that the collector answers with. */
    private byte[] answer() throws IOException {
        awaitWord();
        int escape = in.readInt();
        int length = in.readInt();
        if (escape != 0 || length < 4 || length > MAX_CONTROL) {
            throw new IOException("it does not speak Frame Streams");
        }
        byte[] frame = new byte[length];
        in.readFully(frame);
        return frame;
    }

    /** A channel has no timeout of its own; a collector that hangs must not hold the sender for ever. */
    private void awaitWord() throws IOException {
        channel.configureBlocking(false);
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_READ);
            if (selector.select(patience.toMillis()) == 0) {
                throw new SocketTimeoutException("it does not answer");
            }
        }
        channel.configureBlocking(true);
    }

    /** Whether the collector has gone: until STOP it has nothing to say but that. */
    boolean isOver() throws IOException {
        channel.configureBlocking(false);
        int read = channel.read(ByteBuffer.allocate(1));
        channel.configureBlocking(true);
        return read != 0;
    }

    void send(byte[] frame) throws IOException {
        out.writeInt(frame.length);
        out.write(frame);
    }

    void flush() throws IOException {
        out.flush();
    }

    /** Ends it without a word, where none would arrive. */
    void drop() throws IOException {
        channel.close();
    }

    /** Ends it once the collector says that it has all: with FINISH. */
    @Override
    public void close() throws IOException {
        try (channel) {
            control(STOP, false);
            out.flush();
            answer();
        }
    }
}

package org.sentrydns.server.listen;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;

/** A client that sends bytes and shows bytes. */
final class DnsClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 5000;

    private final Socket socket;
    private final DataInputStream in;

    DnsClient(InetAddress host, int port) throws IOException {
        socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
        in = new DataInputStream(socket.getInputStream());
    }

    /** Asks from a connected socket, which takes replies from the asked address only. */
    static String overUdp(InetAddress host, int port, String message) throws IOException {
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.connect(new InetSocketAddress(host, port));
            channel.write(ByteBuffer.wrap(bytes(message)));
            channel.socket().setSoTimeout(TIMEOUT_MILLIS);
            var packet = new java.net.DatagramPacket(new byte[100], 100);
            channel.socket().receive(packet);
            return text(java.util.Arrays.copyOf(packet.getData(), packet.getLength()));
        }
    }

    Socket socket() {
        return socket;
    }

    void send(String... messages) throws IOException {
        for (String message : messages) {
            socket.getOutputStream().write(frame(message));
        }
    }

    static byte[] frame(String message) {
        byte[] bytes = bytes(message);
        return ByteBuffer.allocate(2 + bytes.length)
                .putShort((short) bytes.length)
                .put(bytes)
                .array();
    }

    String read() throws IOException {
        byte[] message = new byte[in.readUnsignedShort()];
        in.readFully(message);
        return text(message);
    }

    /** Whether the server has closed the connection, without another byte. */
    boolean isClosed() throws IOException {
        try {
            return in.read() < 0;
        } catch (java.net.SocketException e) {
            return true;
        }
    }

    static byte[] bytes(String message) {
        return message.getBytes(StandardCharsets.ISO_8859_1);
    }

    static String text(byte[] message) {
        return new String(message, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

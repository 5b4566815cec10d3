package org.sentrydns.e2e;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Exchanges messages with a port of 127.0.0.1, byte by byte as they are. Confined to one thread. */
final class WireClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    private final DatagramSocket socket;
    private final int port;
    private final byte[] buffer = new byte[65_535];
    private int id;

    WireClient(int port) throws IOException {
        this.port = port;
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        socket.connect(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    /** The reply to a question that gets an ID of its own. */
    byte[] ask(RandomQuestion question) throws IOException {
        byte[] query = question.bytes().clone();
        id = id + 1 & 0xffff;
        ByteBuffer.wrap(query).putShort((short) id);
        byte[] reply = question.tcp() ? overTcp(query) : overUdp(query);
        while (!Arrays.equals(query, 0, 2, reply, 0, 2)) {
            reply = receive();
        }
        return reply;
    }

    private byte[] overUdp(byte[] query) throws IOException {
        socket.send(new DatagramPacket(query, query.length));
        return receive();
    }

    private byte[] receive() throws IOException {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        return Arrays.copyOf(buffer, packet.getLength());
    }

    private byte[] overTcp(byte[] query) throws IOException {
        try (Socket connection = new Socket(InetAddress.getLoopbackAddress(), port)) {
            connection.setSoTimeout(PATIENCE_MILLIS);
            byte[] framed = ByteBuffer.allocate(2 + query.length)
                    .putShort((short) query.length)
                    .put(query)
                    .array();
            connection.getOutputStream().write(framed);
            DataInputStream in = new DataInputStream(connection.getInputStream());
            byte[] reply = new byte[in.readUnsignedShort()];
            in.readFully(reply);
            return reply;
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}

package org.sentrydns.e2e;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Asks one question after the other over one UDP socket on 127.0.0.1. Confined to one thread. */
final class DnsClient implements AutoCloseable {
    private final DatagramSocket socket;
    private final byte[] buffer = new byte[65_535];

    DnsClient(int port, Duration patience) throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        socket.connect(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
    }

    static Message question(String name) throws IOException {
        return Message.newQuery(Record.newRecord(Name.fromString(name, Name.root), Type.A, DClass.IN));
    }

    /** The reply, or nothing if none came in time. */
    Optional<Message> ask(String name) throws IOException {
        Message query = question(name);
        send(query);
        try {
            Message reply = receive();
            while (reply.getHeader().getID() != query.getHeader().getID()) {
                reply = receive();
            }
            return Optional.of(reply);
        } catch (SocketTimeoutException | PortUnreachableException e) {
            return Optional.empty();
        }
    }

    void send(Message query) throws IOException {
        byte[] bytes = query.toWire();
        socket.send(new DatagramPacket(bytes, bytes.length));
    }

    Message receive() throws IOException {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        return new Message(Arrays.copyOf(buffer, packet.getLength()));
    }

    @Override
    public void close() {
        socket.close();
    }
}

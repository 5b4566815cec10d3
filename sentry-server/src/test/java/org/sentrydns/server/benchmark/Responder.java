package org.sentrydns.server.benchmark;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/**
 * A DNS server of the test, over UDP and TCP on one free port of a loopback address. The first label of a name says
 * what it gets. Thread-safe.
 */
final class Responder implements AutoCloseable {

    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final Queue<Socket> connections = new ConcurrentLinkedQueue<>();

    Responder(String loopback) throws IOException {
        InetAddress address = InetAddress.getByName(loopback);
        tcp = new ServerSocket(0, 100, address);
        udp = new DatagramSocket(new InetSocketAddress(address, tcp.getLocalPort()));
        Thread.ofVirtual().start(() -> untilClosed(this::serveUdp));
        Thread.ofVirtual().start(() -> untilClosed(this::acceptTcp));
    }

    InetSocketAddress address() {
        return (InetSocketAddress) udp.getLocalSocketAddress();
    }

    /** The names in the order they came in. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    int connections() {
        return connections.size();
    }

    @Override
    public void close() throws IOException {
        udp.close();
        tcp.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }

    private interface Server {
        void serve() throws IOException;
    }

    private void untilClosed(Server server) {
        while (!udp.isClosed()) {
            try {
                server.serve();
            } catch (EOFException e) {
                return;
            } catch (IOException e) {
                if (!udp.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serveUdp() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[512], 512);
        udp.receive(packet);
        byte[] bytes = Arrays.copyOf(packet.getData(), packet.getLength());
        for (Message reply : replies(new Message(bytes))) {
            byte[] wire = reply.toWire();
            udp.send(new DatagramPacket(wire, wire.length, packet.getSocketAddress()));
        }
    }

    private void acceptTcp() throws IOException {
        Socket connection = tcp.accept();
        connections.add(connection);
        Thread.ofVirtual().start(() -> untilClosed(() -> serveTcp(connection)));
    }

    private void serveTcp(Socket connection) throws IOException {
        DataInputStream in = new DataInputStream(connection.getInputStream());
        byte[] bytes = new byte[in.readUnsignedShort()];
        in.readFully(bytes);
        Message query = new Message(bytes);
        for (Message reply : replies(query)) {
            byte[] wire = reply.toWire();
            byte[] framed = new byte[wire.length + 2];
            framed[0] = (byte) (wire.length >> 8);
            framed[1] = (byte) wire.length;
            System.arraycopy(wire, 0, framed, 2, wire.length);
            connection.getOutputStream().write(framed);
        }
        if (behaviour(query).equals("closing")) {
            connection.close();
            throw new EOFException();
        }
    }

    private static String behaviour(Message query) {
        return query.getQuestion().getName().getLabelString(0);
    }

    private List<Message> replies(Message query) {
        asked.add(query.getQuestion().getName().toString(true));
        Message good = reply(query, query.getHeader().getID(), name -> name);
        return switch (behaviour(query)) {
            case "lost" -> List.of();
            case "nx" -> List.of(failure(query, Rcode.NXDOMAIN));
            case "refused" -> List.of(failure(query, Rcode.REFUSED));
            case "empty" -> List.of(failure(query, Rcode.NOERROR));
            case "forged" ->
                List.of(
                        reply(query, query.getHeader().getID() ^ 1, name -> name),
                        reply(query, query.getHeader().getID(), name -> Name.root),
                        query,
                        good);
            case "upper" -> List.of(reply(query, query.getHeader().getID(), Responder::upper));
            case "twice" -> List.of(good, good);
            default -> List.of(good);
        };
    }

    private static Name upper(Name name) {
        return Name.fromConstantString(name.toString().toUpperCase(Locale.ROOT));
    }

    private static Message failure(Message query, int rcode) {
        Message reply = new Message(query.getHeader().getID());
        reply.getHeader().setFlag(Flags.QR);
        reply.getHeader().setRcode(rcode);
        if (rcode != Rcode.REFUSED) {
            reply.addRecord(query.getQuestion(), Section.QUESTION);
        }
        return reply;
    }

    private static Message reply(Message query, int id, Function<Name, Name> rename) {
        Message reply = new Message(id);
        reply.getHeader().setFlag(Flags.QR);
        Record question = query.getQuestion();
        Name name = rename.apply(question.getName());
        reply.addRecord(Record.newRecord(name, question.getType(), DClass.IN), Section.QUESTION);
        reply.addRecord(new ARecord(name, DClass.IN, 60, InetAddress.getLoopbackAddress()), Section.ANSWER);
        return reply;
    }
}

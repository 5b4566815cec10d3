package org.sentrydns.server.warmup;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Sends queries in small bursts and takes the replies. Confined to one thread. */
final class Exercise {
    private static final int BURST = 16;
    private static final int MAX_QUERIES = 40_000;
    private static final int LOST_MILLIS = 50;

    private final InetSocketAddress server;
    private final List<String> names;

    Exercise(InetSocketAddress server, List<String> names) {
        this.server = server;
        this.names = names;
    }

    /** How many replies came. */
    int run(Duration time) throws IOException {
        long end = System.nanoTime() + time.toNanos();
        int replies = 0;
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(server);
            socket.setSoTimeout(LOST_MILLIS);
            DatagramPacket reply = new DatagramPacket(new byte[1500], 1500);
            for (int sent = 0; sent < MAX_QUERIES && System.nanoTime() < end; sent += BURST) {
                for (int i = sent; i < sent + BURST; i++) {
                    byte[] query = query(i);
                    socket.send(new DatagramPacket(query, query.length));
                }
                replies += take(socket, reply);
            }
        }
        return replies;
    }

    private static int take(DatagramSocket socket, DatagramPacket reply) throws IOException {
        for (int taken = 0; taken < BURST; taken++) {
            try {
                socket.receive(reply);
            } catch (SocketTimeoutException e) {
                return taken;
            }
        }
        return BURST;
    }

    private byte[] query(int number) throws IOException {
        Message message = new Message(number & 0xffff);
        message.getHeader().setFlag(Flags.RD);
        String name = String.format(names.get(number % names.size()), number);
        message.addRecord(Record.newRecord(Name.fromString(name, Name.root), Type.A, DClass.IN), Section.QUESTION);
        if (number % 2 == 0) {
            message.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
        }
        return message.toWire(512);
    }
}

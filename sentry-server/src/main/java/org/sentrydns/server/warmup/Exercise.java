package org.sentrydns.server.warmup;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.sentrydns.server.wire.Header;
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

    /** The digits of a number in a name: enough for each query to have its own. */
    private static final String DIGITS = "00000";

    private final InetSocketAddress server;
    private final List<byte[]> queries;

    /** @param names what to ask for, each with one %s for the number of the query, or without */
    Exercise(InetSocketAddress server, List<String> names) throws IOException {
        this.server = server;
        this.queries = queries(names);
    }

    /** Each name with EDNS and without. They are made once: the compiler shall learn the server, not this. */
    private static List<byte[]> queries(List<String> names) throws IOException {
        List<byte[]> queries = new ArrayList<>();
        for (boolean edns : List.of(true, false)) {
            for (String name : names) {
                queries.add(query(String.format(name, DIGITS), edns));
            }
        }
        return List.copyOf(queries);
    }

    private static byte[] query(String name, boolean edns) throws IOException {
        Message message = new Message();
        message.getHeader().setFlag(Flags.RD);
        message.addRecord(Record.newRecord(Name.fromString(name, Name.root), Type.A, DClass.IN), Section.QUESTION);
        if (edns) {
            message.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
        }
        return message.toWire(512);
    }

    /**
     * Goes on until the time is over or it is in the way.
     *
     * @return how many replies came
     */
    int run(Duration time, BooleanSupplier inTheWay) throws IOException {
        long end = System.nanoTime() + time.toNanos();
        int replies = 0;
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(server);
            socket.setSoTimeout(LOST_MILLIS);
            DatagramPacket reply = new DatagramPacket(new byte[1500], 1500);
            for (int sent = 0;
                    sent < MAX_QUERIES && System.nanoTime() < end && !inTheWay.getAsBoolean();
                    sent += BURST) {
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

    /** Another one of the queries, with this number for its ID and in its name. */
    private byte[] query(int number) {
        byte[] query = queries.get(number % queries.size());
        query[0] = (byte) (number >>> 8);
        query[1] = (byte) number;
        int last = Header.QUESTION + 1 + DIGITS.length();
        for (int rest = number, at = last; Character.isDigit(query[at]); rest /= 10, at--) {
            query[at] = (byte) ('0' + rest % 10);
        }
        return query;
    }
}

package org.sentrydns.bench.compare;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * Asks a port of loopback every millisecond until it answers. Says {@code ready}, then the microseconds of the clock at the
 * first answer at all and at the first one with the wanted response code.
 */
public final class FirstAnswer {
    private static final int PAUSE_MILLIS = 1;

    private FirstAnswer() {}

    /** Arguments: port, name, response code, seconds to go on for. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int port = Integer.parseInt(arguments[0]);
        Record question = Record.newRecord(Name.fromString(arguments[1] + "."), Type.A, DClass.IN);
        int wanted = Integer.parseInt(arguments[2]);
        Instant end = Instant.now().plusSeconds(Long.parseLong(arguments[3]));
        byte[] query = Message.newQuery(question).toWire();
        long any = 0;
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.setSoTimeout(PAUSE_MILLIS);
            System.out.println("ready");
            while (Instant.now().isBefore(end)) {
                int code = ask(socket, query);
                long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
                any = any == 0 && code >= 0 ? now : any;
                if (code == wanted) {
                    System.out.println(any + " " + now);
                    return;
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        }
        System.out.println("0 0");
    }

    /** The response code, or -1. */
    private static int ask(DatagramSocket socket, byte[] query) throws IOException {
        try {
            socket.send(new DatagramPacket(query, query.length));
            DatagramPacket reply = new DatagramPacket(new byte[512], 512);
            socket.receive(reply);
            return reply.getData()[3] & 15;
        } catch (SocketTimeoutException | PortUnreachableException e) {
            return -1;
        }
    }
}

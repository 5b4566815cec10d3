package org.sentrydns.bench.compare;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;

/** A server that never answers: says its port, and holds it until its standard input ends. */
public final class SilentPort {
    private SilentPort() {}

    public static void main(String[] arguments) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            System.out.println(socket.getLocalPort());
            System.in.readAllBytes();
        }
    }
}

package org.sentrydns.e2e;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports for programs that cannot choose one themselves. */
final class Ports {
    private static final int ATTEMPTS = 50;

    private Ports() {}

    /** A port that is free on all addresses, for UDP and TCP. */
    static int free() throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try (DatagramSocket udp = new DatagramSocket(new InetSocketAddress("0.0.0.0", 0))) {
                if (isFreeForTcp(udp.getLocalPort())) {
                    return udp.getLocalPort();
                }
            }
        }
        throw new IOException("no port is free");
    }

    private static boolean isFreeForTcp(int port) {
        try (ServerSocket tcp = new ServerSocket(port, 1, InetAddress.getByName("0.0.0.0"))) {
            return tcp.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}

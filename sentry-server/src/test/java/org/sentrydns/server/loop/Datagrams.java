package org.sentrydns.server.loop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Sockets and messages for the tests of datagrams. */
final class Datagrams {
    private Datagrams() {}

    static final DatagramPort.Receiver NOBODY = (port, message, from) -> {};

    /** What became of messages. */
    static final class Fate implements DatagramPort.Delivery {
        final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

        @Override
        public void sent() {
            heard.add("sent");
        }

        @Override
        public void refused(IOException cause) {
            heard.add("refused");
        }
    }

    /** These tests need what bin/sentry gives: a Linux, Java 22 or newer, and its flags. */
    static void link() {
        SystemCalls.link();
        assertTrue(SystemCalls.areLinked());
    }

    static DatagramChannel bound(String address) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        channel.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
        return channel;
    }

    static DatagramChannel unblocked(DatagramChannel channel) throws IOException {
        channel.configureBlocking(false);
        return channel;
    }

    static InetSocketAddress addressOf(DatagramChannel channel) throws IOException {
        return (InetSocketAddress) channel.getLocalAddress();
    }

    static byte[] receive(DatagramChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(10_000);
        channel.socket().setSoTimeout(5000);
        var packet = new java.net.DatagramPacket(buffer.array(), buffer.capacity());
        channel.socket().receive(packet);
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    /** As a server does it: by the loop where it can be, else at once. */
    static void send(DatagramPort port, byte[] message, InetSocketAddress to) {
        if (!port.sendSoon(message, to, new Fate())) {
            try {
                port.sendNow(message, to);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    static InetSocketAddress at(DatagramChannel channel) {
        try {
            return addressOf(channel);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static DatagramChannel connected(DatagramChannel peer) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        channel.connect(addressOf(peer));
        return unblocked(channel);
    }
}

package org.sentrydns.server.loop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Receiving, many at once where the system has that. */
@Timeout(30)
final class DatagramPortTest {
    @BeforeAll
    static void link() {
        Datagrams.link();
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, true", "127.0.0.1, false", "::1, true", "::1, false"})
    void datagrams_comeWholeAndGoBackToWhereTheyCameFrom(String address, boolean many) throws Exception {
        try (QueryLoop loop = new QueryLoop("loop-under-test");
                DatagramChannel first = Datagrams.bound(address);
                DatagramChannel second = Datagrams.bound(address);
                DatagramPort port = new DatagramPort(
                        Datagrams.unblocked(Datagrams.bound(address)),
                        loop,
                        (to, message, from) -> to.run(() -> Datagrams.send(to, message, from)),
                        () -> many)) {
            port.start();
            for (int length : new int[] {1, 12, 512, 1232, 4096}) {
                for (DatagramChannel client : new DatagramChannel[] {first, second}) {
                    byte[] message = new byte[length];
                    Arrays.fill(message, (byte)
                            (length + Datagrams.addressOf(client).getPort()));
                    client.send(ByteBuffer.wrap(message), port.local());
                    assertEquals(Arrays.toString(message), Arrays.toString(Datagrams.receive(client)));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void manyAtOnce_eachIsAnswered(boolean many) throws Exception {
        int count = 1000;
        try (QueryLoop loop = new QueryLoop("loop-under-test");
                DatagramChannel client = Datagrams.bound("127.0.0.1");
                DatagramPort port = new DatagramPort(
                        Datagrams.unblocked(Datagrams.bound("127.0.0.1")),
                        loop,
                        (to, message, from) -> to.run(() -> Datagrams.send(to, message, from)),
                        () -> many)) {
            for (int i = 0; i < count / 10; i++) {
                client.send(ByteBuffer.allocate(4).putInt(0, i), port.local());
            }
            port.start(); // to those that wait already
            BitSet answered = new BitSet();
            for (int i = count / 10; i < count; i++) {
                answered.set(ByteBuffer.wrap(Datagrams.receive(client)).getInt());
                client.send(ByteBuffer.allocate(4).putInt(0, i), port.local());
            }
            while (answered.cardinality() < count) {
                answered.set(ByteBuffer.wrap(Datagrams.receive(client)).getInt());
            }
            assertEquals(count, answered.length());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void connectedPort_asksItsPeerAndHearsNobodyElse(boolean many) throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (QueryLoop loop = new QueryLoop("loop-under-test");
                DatagramChannel peer = Datagrams.bound("127.0.0.1");
                DatagramChannel stranger = Datagrams.bound("127.0.0.1");
                DatagramPort port = new DatagramPort(
                        Datagrams.connected(peer),
                        loop,
                        (to, message, from) -> heard.add(from + Arrays.toString(message)),
                        () -> many)) {
            port.start();
            for (byte i = 1; i <= 3; i++) {
                byte[] message = {i};
                port.run(() -> Datagrams.send(port, message, Datagrams.at(peer)));
                assertEquals(Arrays.toString(message), Arrays.toString(Datagrams.receive(peer)));
            }
            stranger.send(ByteBuffer.wrap(new byte[] {9}), port.local());
            peer.send(ByteBuffer.wrap(new byte[] {4}), port.local());
            assertEquals(Datagrams.addressOf(peer) + "[4]", heard.poll(5, TimeUnit.SECONDS));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void connectedPort_whosePeerHasGone_hearsOfIt(boolean many) throws Exception {
        BlockingQueue<IOException> heard = new LinkedBlockingQueue<>();
        DatagramPort.Receiver receiver = new DatagramPort.Receiver() {
            @Override
            public void received(DatagramPort port, byte[] message, InetSocketAddress from) {
                throw new AssertionError("nobody can have sent it");
            }

            @Override
            public void failed(DatagramPort port, IOException cause) {
                heard.add(cause);
            }
        };
        DatagramChannel peer = Datagrams.bound("127.0.0.1");
        try (QueryLoop loop = new QueryLoop("loop-under-test");
                DatagramPort port = new DatagramPort(Datagrams.connected(peer), loop, receiver, () -> many)) {
            InetSocketAddress there = Datagrams.addressOf(peer);
            peer.close();
            port.start();
            port.run(() -> Datagrams.send(port, new byte[] {1}, there));
            assertInstanceOf(PortUnreachableException.class, heard.poll(5, TimeUnit.SECONDS));
        }
    }

    @Test
    void longMessages_comeWhole_exceptOfTwoAtOnceTheFirst() throws Exception {
        BlockingQueue<byte[]> heard = new LinkedBlockingQueue<>();
        try (QueryLoop loop = new QueryLoop("loop-under-test");
                DatagramChannel client = Datagrams.bound("127.0.0.1");
                DatagramPort port = new DatagramPort(
                        Datagrams.unblocked(Datagrams.bound("127.0.0.1")),
                        loop,
                        (to, message, from) -> heard.add(message))) {
            byte[] first = message(5000);
            byte[] second = message(60_000);
            byte[] third = message(4097);
            byte[] last = message(50);
            for (byte[] message : new byte[][] {first, last, second, last}) {
                client.send(ByteBuffer.wrap(message), port.local());
            }
            port.start(); // and finds all four
            for (byte[] expected : new byte[][] {last, second, last}) {
                assertArrayEquals(expected, heard.poll(5, TimeUnit.SECONDS));
            }
            for (byte[] message : new byte[][] {first, third}) {
                client.send(ByteBuffer.wrap(message), port.local());
                assertArrayEquals(message, heard.poll(5, TimeUnit.SECONDS));
            }
        }
    }

    private static byte[] message(int length) {
        byte[] message = new byte[length];
        for (int i = 0; i < length; i++) {
            message[i] = (byte) (i * 31 + length);
        }
        return message;
    }

    @Test
    void ipv4Client_ofAnIpv6Socket_isAnswered() throws Exception {
        try (QueryLoop loop = new QueryLoop("loop-under-test");
                DatagramChannel client = Datagrams.bound("127.0.0.1");
                DatagramPort port = new DatagramPort(
                        Datagrams.unblocked(Datagrams.bound("::")),
                        loop,
                        (to, message, from) -> to.run(() -> Datagrams.send(to, message, from)))) {
            port.start();
            client.send(
                    ByteBuffer.wrap(new byte[] {1, 2, 3}),
                    new InetSocketAddress(
                            InetAddress.getLoopbackAddress(), port.local().getPort()));
            assertEquals("[1, 2, 3]", Arrays.toString(Datagrams.receive(client)));
        }
    }
}

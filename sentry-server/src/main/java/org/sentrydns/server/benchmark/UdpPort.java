package org.sentrydns.server.benchmark;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One socket and its queries in flight, by ID. Confined to one thread. */
final class UdpPort implements AutoCloseable {

    /** A query that waits for its reply. */
    static final class Flight {
        final UdpPort port;
        final int id;
        final int name;
        final long sentAt;
        boolean done;

        private Flight(UdpPort port, int id, int name, long sentAt) {
            this.port = port;
            this.id = id;
            this.name = name;
            this.sentAt = sentAt;
        }
    }

    private static final int IDS = 65536;
    private static final int RECEIVE_BUFFER = 1 << 20;

    private final DatagramChannel channel;
    private final Wire wire;
    private final @Nullable Flight[] flights = new Flight[IDS];
    private final SplittableRandom random = new SplittableRandom();

    private UdpPort(DatagramChannel channel, Wire wire) {
        this.channel = channel;
        this.wire = wire;
    }

    static UdpPort open(BenchmarkPlan plan, Wire wire, Selector selector) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        UdpPort port = new UdpPort(channel, wire);
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
            channel.connect(plan.server());
            channel.register(selector, SelectionKey.OP_READ, port);
            return port;
        } catch (IOException e) {
            port.close();
            throw new IOException("cannot send to " + plan.target() + ": " + e.getMessage(), e);
        }
    }

    /** Sends a query, or says null when the socket has no room for it now. */
    @Nullable
    Flight send(int name, long now, ByteBuffer buffer) throws IOException {
        int id = random.nextInt(IDS);
        while (flights[id] != null) {
            id = random.nextInt(IDS);
        }
        wire.encode(buffer.clear(), id, name);
        if (channel.write(buffer.flip()) == 0) {
            return null;
        }
        Flight flight = new Flight(this, id, name, now);
        flights[id] = flight;
        return flight;
    }

    /** Reads one datagram into the buffer, or says false when none waits. */
    boolean receive(ByteBuffer buffer) throws IOException {
        boolean received = channel.read(buffer.clear()) > 0;
        buffer.flip();
        return received;
    }

    /** The query that a datagram answers; null for one that answers none: late, doubled or forged. */
    @Nullable
    Flight match(ByteBuffer datagram) {
        if (!Wire.isReply(datagram)) {
            return null;
        }
        Flight flight = flights[Wire.id(datagram)];
        return flight != null && wire.answersTo(datagram, flight.name) ? flight : null;
    }

    void forget(Flight flight) {
        flights[flight.id] = null;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

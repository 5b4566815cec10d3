package org.sentrydns.plugin.tee;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.sentrydns.api.Counter;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.Query;
import org.sentrydns.api.Rule;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/**
 * Thread-safe. One {@code tee} line. Its socket never blocks, and nobody reads what comes back: the system throws it away.
 */
final class TeeRule implements Rule, AutoCloseable {
    private static final int UDP_SIZE = 1232;

    /** The ports that copies leave from. */
    private static final Set<Integer> OWN_PORTS = ConcurrentHashMap.newKeySet();

    private final InetSocketAddress target;
    private final DatagramChannel channel;
    private final Counter sent;
    private final Counter lost;

    private TeeRule(InetSocketAddress target, DatagramChannel channel, Counter sent, Counter lost) {
        this.target = target;
        this.channel = channel;
        this.sent = sent;
        this.lost = lost;
    }

    static TeeRule open(InetSocketAddress target, Counter sent, Counter lost) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.bind(null).configureBlocking(false);
            OWN_PORTS.add(port(channel));
            return new TeeRule(target, channel, sent, lost);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static int port(DatagramChannel channel) throws IOException {
        return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    @Override
    public Outcome apply(Query query) {
        if (!query.isRehearsal()) {
            copy(query);
        }
        return Outcome.pass();
    }

    private void copy(Query query) {
        if (query.server().equals(target) || isCopy(query.client())) {
            lost.increment();
            return;
        }
        try {
            Counter counter = channel.send(ByteBuffer.wrap(message(query)), target) > 0 ? sent : lost;
            counter.increment();
        } catch (IOException | RuntimeException e) {
            lost.increment();
        }
    }

    /** A copy that has come back here would be copied again, for ever. */
    private static boolean isCopy(InetSocketAddress client) {
        if (!OWN_PORTS.contains(client.getPort())) {
            return false;
        }
        try {
            return client.getAddress().isLoopbackAddress()
                    || NetworkInterface.getByInetAddress(client.getAddress()) != null;
        } catch (SocketException e) {
            return true;
        }
    }

    private static byte[] message(Query query) {
        Message message = Message.newQuery(Record.newRecord(query.name(), query.type(), query.dnsClass()));
        if (query.hasEdns()) {
            message.addRecord(new OPTRecord(UDP_SIZE, 0, 0), Section.ADDITIONAL);
        }
        return message.toWire();
    }

    @Override
    public void close() throws IOException {
        OWN_PORTS.remove(port(channel));
        channel.close();
    }
}

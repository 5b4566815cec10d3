package org.sentrydns.plugin.tee;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
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
            channel.configureBlocking(false);
            return new TeeRule(target, channel, sent, lost);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public Outcome apply(Query query) {
        if (!query.isRehearsal()) {
            copy(query);
        }
        return Outcome.pass();
    }

    private void copy(Query query) {
        // To itself it would copy every copy.
        if (query.server().equals(target)) {
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

    private static byte[] message(Query query) {
        Message message = Message.newQuery(Record.newRecord(query.name(), query.type(), query.dnsClass()));
        if (query.hasEdns()) {
            message.addRecord(new OPTRecord(UDP_SIZE, 0, 0), Section.ADDITIONAL);
        }
        return message.toWire();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

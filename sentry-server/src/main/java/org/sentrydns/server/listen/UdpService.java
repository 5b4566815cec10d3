package org.sentrydns.server.listen;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.locks.LockSupport;
import org.sentrydns.api.Transport;
import org.sentrydns.server.loop.QueryLoop;
import org.sentrydns.server.rule.Asker;
import org.sentrydns.server.stats.Statistics;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.QueryMessage;
import org.sentrydns.server.wire.ReplyBytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens to a datagram: a permit, a virtual thread, a reply by the same socket. Thread-safe. */
record UdpService(MessageHandler handler, Admission admission, Statistics statistics) {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.net");
    private static final long FULL_BUFFER_NANOS = 100_000;
    private static final int MAX_ATTEMPTS = 100;

    void accept(
            QueryLoop loop,
            DatagramChannel channel,
            InetSocketAddress local,
            ByteBuffer datagram,
            InetSocketAddress client) {
        statistics.received(datagram.remaining());
        if (client.getPort() == 0) {
            return;
        }
        if (!admission.tryEnter()) {
            statistics.shed();
            return;
        }
        byte[] message = new byte[datagram.remaining()];
        datagram.get(message);
        loop.start(() -> serve(channel, new Asker(client, local, Transport.UDP), message));
    }

    private void send(DatagramChannel channel, Asker asker, byte[] message, byte[] reply) throws IOException {
        try {
            transmit(channel, asker, reply);
        } catch (IOException e) {
            // Too large for a link on the way, since it must not be cut into fragments: over TCP it fits.
            if (!(QueryMessage.decode(message) instanceof QueryMessage query)) {
                throw e;
            }
            byte[] truncated = ReplyBytes.truncated(query, Header.rcode(reply));
            transmit(channel, asker, truncated);
        }
    }

    /** The channel never blocks: where the kernel has no room, this thread waits, and no other. */
    private void transmit(DatagramChannel channel, Asker asker, byte[] reply) throws IOException {
        ByteBuffer message = ByteBuffer.wrap(reply);
        for (int attempt = 0; channel.send(message, asker.client()) == 0; attempt++) {
            if (attempt == MAX_ATTEMPTS) {
                throw new IOException("the kernel has no room for it");
            }
            LockSupport.parkNanos(FULL_BUFFER_NANOS);
        }
        statistics.sent(reply.length);
    }

    private void serve(DatagramChannel channel, Asker asker, byte[] message) {
        try {
            byte[] reply = handler.handle(message, asker);
            if (reply != null) {
                send(channel, asker, message, reply);
            }
        } catch (IOException e) {
            LOG.debug("the reply to {} could not be sent: {}", asker.client(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("a query from {} failed", asker.client(), e);
        } finally {
            admission.leave();
        }
    }
}

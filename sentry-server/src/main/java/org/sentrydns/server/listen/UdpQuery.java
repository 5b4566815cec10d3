package org.sentrydns.server.listen;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.sentrydns.api.Transport;
import org.sentrydns.server.loop.DatagramPort;
import org.sentrydns.server.rule.Asker;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.QueryMessage;
import org.sentrydns.server.wire.ReplyBytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A query that came by UDP, on a virtual thread of its own. It has a permit until its reply is with the kernel. */
final class UdpQuery implements Runnable, DatagramPort.Delivery {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.net");

    private final UdpService service;
    private final DatagramPort port;
    private final InetSocketAddress client;
    private final byte[] message;
    private byte @Nullable [] reply;

    UdpQuery(UdpService service, DatagramPort port, byte[] message, InetSocketAddress client) {
        this.service = service;
        this.port = port;
        this.message = message;
        this.client = client;
    }

    @Override
    public void run() {
        byte[] made = null;
        try {
            made = service.handler().handle(message, new Asker(client, port.local(), Transport.UDP));
        } catch (RuntimeException e) {
            LOG.error("a query from {} failed", client, e);
        } finally {
            if (made == null) {
                leave();
            }
        }
        reply = made;
        if (made != null && !sendSoon(made)) {
            sendNow(made);
        }
    }

    private boolean sendSoon(byte[] made) {
        try {
            return port.sendSoon(made, client, this);
        } catch (RuntimeException | Error e) {
            leave();
            throw e;
        }
    }

    @Override
    public void sent() {
        if (reply != null) {
            service.statistics().sent(reply.length);
        }
        leave();
    }

    @Override
    public void refused(IOException cause) {
        byte[] bytes = reply;
        if (bytes != null) {
            port.run(() -> sendNow(bytes));
        }
    }

    private void leave() {
        service.admission().leaveRoom(message.length);
        service.admission().leave();
    }

    private void sendNow(byte[] bytes) {
        try {
            send(bytes);
        } catch (IOException e) {
            LOG.debug("the reply to {} could not be sent: {}", client, e.getMessage());
        } finally {
            leave();
        }
    }

    private void send(byte[] bytes) throws IOException {
        byte[] last = bytes;
        try {
            port.sendNow(bytes, client);
        } catch (IOException e) {
            // Too large for a link on the way, since it must not be cut into fragments: over TCP it fits.
            if (!(QueryMessage.decode(message) instanceof QueryMessage query)) {
                throw e;
            }
            last = ReplyBytes.truncated(query, Header.rcode(bytes));
            port.sendNow(last, client);
        }
        service.statistics().sent(last.length);
    }
}

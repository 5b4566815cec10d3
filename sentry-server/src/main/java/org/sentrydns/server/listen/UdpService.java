package org.sentrydns.server.listen;

import java.net.InetSocketAddress;
import org.sentrydns.server.loop.DatagramPort;
import org.sentrydns.server.stats.Statistics;

/** What happens to a datagram: a permit, a virtual thread, a reply by the same port. Thread-safe. */
record UdpService(MessageHandler handler, Admission admission, Statistics statistics) implements DatagramPort.Receiver {

    @Override
    public void received(DatagramPort port, byte[] message, InetSocketAddress client) {
        statistics.received(message.length);
        if (client.getPort() == 0) {
            return;
        }
        if (admission.tryEnter(message.length)) {
            port.run(new UdpQuery(this, port, message, client));
        } else {
            statistics.shed();
        }
    }
}

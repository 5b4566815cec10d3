package org.sentrydns.server.listen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Test;
import org.sentrydns.server.config.Limits;
import org.sentrydns.server.loop.SharedLoops;
import org.sentrydns.server.stats.Statistics;

final class UdpSocketsTest {

    @Test
    void bind_forbidsFragments() throws Exception {
        for (String address : new String[] {"127.0.0.1", "::1"}) {
            try (DatagramChannel channel =
                    UdpSockets.bind(new InetSocketAddress(InetAddress.getByName(address), 0), 1 << 16, false)) {
                assertTrue(channel.supportedOptions().contains(ExtendedSocketOptions.IP_DONTFRAGMENT));
                assertEquals(true, channel.getOption(ExtendedSocketOptions.IP_DONTFRAGMENT), address);
            }
        }
    }

    @Test
    void reply_leavesFromTheAddressAndPortThatWereAsked() throws Exception {
        Statistics statistics = new Statistics(System::nanoTime);
        try (Listeners listeners = Listeners.open(
                InetAddress.getByName("::"),
                0,
                new Limits(10, 5),
                (message, asker) -> message,
                statistics,
                SharedLoops.get())) {
            int port = listeners.local().getPort();
            // A connected socket takes replies from the address and port alone that it has sent to.
            for (String asked : Arrays.asList("127.0.0.1", "127.0.0.99", "::1")) {
                assertEquals("hello", DnsClient.overUdp(InetAddress.getByName(asked), port, "hello"), asked);
            }
        }
    }
}

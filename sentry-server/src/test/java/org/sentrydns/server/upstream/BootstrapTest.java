package org.sentrydns.server.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Which addresses of a named upstream are taken, on machines with ways to some of them only. */
final class BootstrapTest {
    private static final long TIMEOUT = Duration.ofSeconds(10).toNanos();
    private static final Map<Integer, List<String>> BOTH =
            Map.of(Type.A, List.of("192.0.2.1", "192.0.2.2"), Type.AAAA, List.of("2001:db8::1"));

    private final List<String> asked = new ArrayList<>();

    private List<String> addresses(Map<Integer, List<String>> known, Predicate<InetAddress> isRoutable)
            throws Exception {
        Exchange exchange = (query, deadline, health) -> reply(query.withId(7), known);
        Target target =
                new Target("bootstrap", exchange, new TargetHealth(new UpstreamTally("b"), false, System::nanoTime));
        return new Bootstrap(() -> List.of(target), TIMEOUT, isRoutable)
                .addresses("dns.example").stream()
                        .map(InetAddress::getHostAddress)
                        .toList();
    }

    private byte[] reply(byte[] question, Map<Integer, List<String>> known) {
        try {
            Message reply = new Message(question);
            reply.getHeader().setFlag(Flags.QR);
            Name name = reply.getQuestion().getName();
            int type = reply.getQuestion().getType();
            asked.add(name + " " + Type.string(type));
            for (String address : known.getOrDefault(type, List.of())) {
                InetAddress data = InetAddress.getByName(address);
                reply.addRecord(
                        type == Type.A
                                ? new ARecord(name, DClass.IN, 60, data)
                                : new AAAARecord(name, DClass.IN, 60, data),
                        Section.ANSWER);
            }
            return reply.toWire();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void addresses_wayToIpv4_areThoseOnly() throws Exception {
        assertEquals(List.of("192.0.2.1", "192.0.2.2"), addresses(BOTH, address -> true));
        assertEquals(List.of("dns.example. A"), asked);
    }

    @Test
    void addresses_wayToIpv6Only_beginWithThose() throws Exception {
        assertEquals(
                List.of("2001:db8:0:0:0:0:0:1", "192.0.2.1", "192.0.2.2"),
                addresses(BOTH, Inet6Address.class::isInstance));
    }

    @Test
    void addresses_wayToOneOfTwo_beginWithThat() throws Exception {
        assertEquals(
                List.of("192.0.2.2", "192.0.2.1"),
                addresses(BOTH, address -> address.getHostAddress().equals("192.0.2.2")));
    }

    @Test
    void addresses_ipv6Only_areFoundWithoutAWay() throws Exception {
        assertEquals(
                List.of("2001:db8:0:0:0:0:0:1"),
                addresses(Map.of(Type.AAAA, List.of("2001:db8::1")), Inet4Address.class::isInstance));
    }

    @Test
    void addresses_none_isAnErrorWithTheName() {
        UnknownHostException none =
                assertThrows(UnknownHostException.class, () -> addresses(Map.of(), address -> true));
        assertEquals("no address known for the upstream dns.example", none.getMessage());
    }
}

package org.sentrydns.server.listen;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.Set;

/** The addresses that a wildcard address stands for. */
final class LocalAddresses {
    private static final int LOOPBACKS = 254;

    private LocalAddresses() {}

    /** Those of the interfaces that are up now: IPv4 for {@code 0.0.0.0}, both families for {@code ::}. */
    static Set<ScopedAddress> behind(InetAddress wildcard) throws SocketException {
        Set<ScopedAddress> addresses = new LinkedHashSet<>();
        boolean ipv4Only = wildcard instanceof Inet4Address;
        NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !ipv4Only || address instanceof Inet4Address)
                .map(ScopedAddress::of)
                .forEach(addresses::add);
        return addresses;
    }

    /**
     * 127.0.0.2 to 127.0.0.254, which are this machine's without being on an interface's list (RFC 1122 section
     * 3.2.1.3).
     */
    static Set<InetAddress> otherLoopbacks() {
        Set<InetAddress> addresses = new LinkedHashSet<>();
        for (int last = 2; last <= LOOPBACKS; last++) {
            try {
                addresses.add(InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last}));
            } catch (UnknownHostException e) {
                throw new IllegalStateException("an address of four bytes", e);
            }
        }
        return addresses;
    }
}

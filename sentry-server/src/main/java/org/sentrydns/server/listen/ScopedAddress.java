package org.sentrydns.server.listen;

import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * An address of this machine, of which it can have the same one on several links (RFC 4007 section 6): Java's own comparison
 * does not look at the zone. Immutable.
 *
 * @param address with its zone, to bind to
 * @param zone the interface's index, 0 for an address that is the same everywhere
 */
record ScopedAddress(InetAddress address, int zone) {

    static ScopedAddress of(InetAddress address) {
        return new ScopedAddress(address, address instanceof Inet6Address six ? six.getScopeId() : 0);
    }
}

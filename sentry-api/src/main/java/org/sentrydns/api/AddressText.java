package org.sentrydns.api;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Addresses as people write them. Java spells IPv6 addresses out, so that nobody finds in a log what stands in a
 * configuration.
 *
 * @since 1.1
 */
public final class AddressText {
    private static final int GROUPS = 8;

    private AddressText() {}

    /**
     * An address in the form of RFC 5952, and never a host name, which would have to be looked up.
     *
     * @param address of either family
     * @return for instance {@code 192.0.2.1}, {@code 2001:db8::1} or {@code fe80::1%eth0}
     * @since 1.1
     */
    public static String of(InetAddress address) {
        String text = address.getHostAddress();
        if (!(address instanceof Inet6Address)) {
            return text;
        }
        int zone = text.indexOf('%');
        return shortened(address.getAddress()) + (zone < 0 ? "" : text.substring(zone));
    }

    /**
     * An address and a port, with brackets around an IPv6 address (RFC 5952 section 6).
     *
     * @param socket resolved
     * @return for instance {@code 192.0.2.1:53} or {@code [2001:db8::1]:53}
     * @since 1.1
     */
    public static String of(InetSocketAddress socket) {
        String host = of(socket.getAddress());
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + socket.getPort();
    }

    // The form of RFC 5952 of 16 bytes.
    static String shortened(byte[] bytes) {
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = (bytes[2 * i] & 0xff) << 8 | (bytes[2 * i + 1] & 0xff);
        }
        int start = longestZeros(groups);
        int end = start < 0 ? -1 : zerosEnd(groups, start);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == start) {
                text.append("::");
                i = end - 1;
            } else {
                text.append(i == 0 || i == end ? "" : ":").append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }

    /** Where the first of the longest runs of two zeros or more starts; -1 if there is none. */
    private static int longestZeros(int[] groups) {
        int start = -1;
        int longest = 1;
        for (int i = 0; i < GROUPS; i++) {
            int length = zerosEnd(groups, i) - i;
            if (length > longest) {
                longest = length;
                start = i;
            }
        }
        return start;
    }

    private static int zerosEnd(int[] groups, int start) {
        int end = start;
        while (end < GROUPS && groups[end] == 0) {
            end++;
        }
        return end;
    }
}

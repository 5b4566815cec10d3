package org.sentrydns.api;

import java.util.Locale;
import org.xbill.DNS.Address;

/**
 * A resolver that queries are forwarded to.
 *
 * @param kind how it is reached
 * @param host an IP address in its usual text form, without brackets; empty for {@link Kind#SYSTEM}
 * @param port 1 to 65535; 0 for {@link Kind#SYSTEM}
 */
public record Upstream(Kind kind, String host, int port) {

    /** How an upstream is reached. */
    public enum Kind {
        /** UDP, and TCP when a reply was truncated: {@code 8.8.8.8}, {@code 8.8.8.8:5353}, {@code [2001:db8::1]:53}. */
        UDP,
        /** TCP only: {@code tcp://8.8.8.8}. */
        TCP,
        /** The resolvers that this machine itself uses: {@code system}. */
        SYSTEM
    }

    private static final int DNS_PORT = 53;
    private static final String EXPECTED =
            "expected an IP address (8.8.8.8, 8.8.8.8:5353, [2001:db8::1]:53, tcp://8.8.8.8) or system";

    /**
     * Reads an upstream as it stands in a rule.
     *
     * @param text for instance {@code 8.8.8.8}
     * @return the upstream; without a port in the text, port 53
     * @throws IllegalArgumentException with a sentence that says what is wrong and what was expected
     */
    public static Upstream parse(String text) {
        if (text.equals("system")) {
            return new Upstream(Kind.SYSTEM, "", 0);
        }
        int scheme = text.indexOf("://");
        if (scheme < 0) {
            return address(Kind.UDP, text, text);
        }
        return switch (text.substring(0, scheme).toLowerCase(Locale.ROOT)) {
            case "udp" -> address(Kind.UDP, text.substring(scheme + 3), text);
            case "tcp" -> address(Kind.TCP, text.substring(scheme + 3), text);
            default -> throw new IllegalArgumentException("cannot ask '" + text + "': " + EXPECTED);
        };
    }

    private static Upstream address(Kind kind, String address, String whole) {
        String host = address;
        String port = null;
        int close = address.indexOf(']');
        if (address.startsWith("[") && close > 0) {
            host = address.substring(1, close);
            String rest = address.substring(close + 1);
            if (!rest.isEmpty() && !rest.startsWith(":")) {
                throw new IllegalArgumentException("'" + whole + "' is not an upstream: " + EXPECTED);
            }
            port = rest.isEmpty() ? null : rest.substring(1);
        } else if (address.indexOf(':') >= 0 && address.indexOf(':') == address.lastIndexOf(':')) {
            host = address.substring(0, address.indexOf(':'));
            port = address.substring(address.indexOf(':') + 1);
        }
        String zoneless = host.contains(":") && host.indexOf('%') > 0 ? host.substring(0, host.indexOf('%')) : host;
        if (!Address.isDottedQuad(zoneless) && Address.toByteArray(zoneless, Address.IPv6) == null) {
            throw new IllegalArgumentException("'" + whole + "' is not an upstream: " + EXPECTED);
        }
        return new Upstream(kind, host, port == null ? DNS_PORT : port(port, whole));
    }

    private static int port(String digits, String whole) {
        int port = digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : 0;
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("'" + whole + "' has no valid port: expected 1 to 65535");
        }
        return port;
    }

    /**
     * The form that {@link #parse} reads.
     *
     * @return for instance {@code 8.8.8.8:53}, {@code tcp://[2001:db8::1]:53} or {@code system}
     */
    @Override
    public String toString() {
        String address = (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        return switch (kind) {
            case UDP -> address;
            case TCP -> "tcp://" + address;
            case SYSTEM -> "system";
        };
    }
}

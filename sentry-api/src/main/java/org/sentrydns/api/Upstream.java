package org.sentrydns.api;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.xbill.DNS.Address;

/**
 * A resolver that queries are forwarded to.
 *
 * @param kind how it is reached
 * @param host an IP address in its usual text form, without brackets; for {@link Kind#TLS} and {@link Kind#HTTPS} also a
 *     host name; empty for {@link Kind#SYSTEM}
 * @param port 1 to 65535; 0 for {@link Kind#SYSTEM}
 * @param path for {@link Kind#HTTPS} the path of the address, with its slash; otherwise empty
 * @since 1.0
 */
public record Upstream(Kind kind, String host, int port, String path) {

    /**
     * How an upstream is reached.
     *
     * @since 1.0
     */
    public enum Kind {
        /**
         * UDP, and TCP when a reply was truncated: {@code 8.8.8.8}, {@code 8.8.8.8:5353}, {@code [2001:db8::1]:53}.
         *
         * @since 1.0
         */
        UDP(53),
        /**
         * TCP only: {@code tcp://8.8.8.8}.
         *
         * @since 1.0
         */
        TCP(53),
        /**
         * DNS over TLS (RFC 7858): {@code tls://9.9.9.9}, {@code tls://dns.quad9.net:853}.
         *
         * @since 1.0
         */
        TLS(853),
        /**
         * DNS over HTTPS (RFC 8484): {@code https://dns.quad9.net/dns-query}.
         *
         * @since 1.0
         */
        HTTPS(443),
        /**
         * The resolvers that this machine itself uses: {@code system}.
         *
         * @since 1.0
         */
        SYSTEM(0);

        private final int port;

        Kind(int port) {
            this.port = port;
        }
    }

    /**
     * Checks the port, and whether the host is one for its kind. {@link #parse} also brings addresses and names into one form.
     *
     * @throws IllegalArgumentException if the host is none for this kind, or the port is out of range
     * @since 1.0
     */
    public Upstream {
        boolean system = kind == Kind.SYSTEM;
        if (system ? port != 0 : port < 1 || port > 65535) {
            throw new IllegalArgumentException("a port is 1 to 65535, and 0 for system; got " + port);
        }
        if (system ? !host.isEmpty() : !isHost(kind, host)) {
            throw new IllegalArgumentException("'" + host + "' is no host: " + EXPECTED);
        }
    }

    private static boolean isHost(Kind kind, String host) {
        boolean mayBeNamed = kind == Kind.TLS || kind == Kind.HTTPS;
        return isAddress(host)
                || (mayBeNamed && isHostName(host.endsWith(".") ? host.substring(0, host.length() - 1) : host));
    }

    private static final String EXPECTED = "expected an IP address (8.8.8.8, 8.8.8.8:5353, [2001:db8::1]:53, "
            + "tcp://8.8.8.8), tls://HOST, https://HOST/PATH, or system";

    /**
     * Reads an upstream as it stands in a rule.
     *
     * @param text for instance {@code 8.8.8.8}
     * @return the upstream; without a port in the text, the usual one of its kind. Addresses are in the form of RFC 5952, names in
     *     lower case.
     * @throws IllegalArgumentException with a sentence that says what is wrong and what was expected
     * @since 1.0
     */
    public static Upstream parse(String text) {
        if (text.equals("system")) {
            return new Upstream(Kind.SYSTEM, "", 0, "");
        }
        int scheme = text.indexOf("://");
        String rest = scheme < 0 ? text : text.substring(scheme + 3);
        return switch (scheme < 0 ? "udp" : text.substring(0, scheme).toLowerCase(Locale.ROOT)) {
            case "udp" -> address(Kind.UDP, rest, "", text);
            case "tcp" -> address(Kind.TCP, rest, "", text);
            case "tls" -> address(Kind.TLS, rest, "", text);
            case "https" -> {
                int slash = rest.indexOf('/');
                String path = slash < 0 ? "/dns-query" : rest.substring(slash);
                yield address(Kind.HTTPS, slash < 0 ? rest : rest.substring(0, slash), path, text);
            }
            default -> throw new IllegalArgumentException("cannot ask '" + text + "': " + EXPECTED);
        };
    }

    private static Upstream address(Kind kind, String address, String path, String whole) {
        String host = address;
        String port = null;
        int close = address.indexOf(']');
        if (address.startsWith("[") && close > 0) {
            host = address.substring(1, close);
            String rest = address.substring(close + 1);
            if (!rest.isEmpty() && !rest.startsWith(":")) {
                throw notAnUpstream(whole);
            }
            port = rest.isEmpty() ? null : rest.substring(1);
        } else if (address.indexOf(':') >= 0 && address.indexOf(':') == address.lastIndexOf(':')) {
            host = address.substring(0, address.indexOf(':'));
            port = address.substring(address.indexOf(':') + 1);
        }
        if (!isAddress(host)) {
            // A name with a final dot is the same name; a certificate, and what tells a server which one to show, have
            // none.
            host = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
            if (!isHost(kind, host)) {
                throw notAnUpstream(whole);
            }
        }
        Upstream upstream = new Upstream(kind, canonical(host), port == null ? kind.port : port(port, whole), path);
        if (kind == Kind.HTTPS && !isUri(upstream.toString())) {
            throw new IllegalArgumentException(
                    "'" + whole + "' is not a URI: expected one such as https://dns.example/dns-query");
        }
        return upstream;
    }

    /** One spelling for one host, or it would be asked twice (RFC 5952, RFC 4343). */
    private static String canonical(String host) {
        if (host.indexOf(':') < 0) {
            return host.toLowerCase(Locale.ROOT);
        }
        int zone = host.indexOf('%');
        byte[] bytes = Address.toByteArray(zone < 0 ? host : host.substring(0, zone), Address.IPv6);
        return bytes == null ? host : AddressText.shortened(bytes) + (zone < 0 ? "" : host.substring(zone));
    }

    private static boolean isUri(String text) {
        try {
            URI uri = new URI(text);
            return uri.getHost() != null && uri.getFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isAddress(String host) {
        int zone = host.contains(":") ? host.indexOf('%') : -1;
        String zoneless = zone > 0 ? host.substring(0, zone) : host;
        return Address.isDottedQuad(zoneless) || Address.toByteArray(zoneless, Address.IPv6) != null;
    }

    private static boolean isHostName(String host) {
        return host.length() <= 253
                && host.matches(
                        "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*")
                && !host.matches("[0-9.]+");
    }

    private static IllegalArgumentException notAnUpstream(String whole) {
        return new IllegalArgumentException("'" + whole + "' is not an upstream: " + EXPECTED);
    }

    private static int port(String digits, String whole) {
        int port = digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : 0;
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("'" + whole + "' has no valid port: expected 1 to 65535");
        }
        return port;
    }

    /**
     * Whether the host is a name, whose addresses must be looked up.
     *
     * @return false for an IP address and for {@link Kind#SYSTEM}
     * @since 1.0
     */
    public boolean isNamed() {
        return kind != Kind.SYSTEM && !isAddress(host);
    }

    /**
     * The form that {@link #parse} reads.
     *
     * @return for instance {@code 8.8.8.8:53}, {@code tcp://[2001:db8::1]:53} or {@code system}
     * @since 1.0
     */
    @Override
    public String toString() {
        String address = (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        return switch (kind) {
            case UDP -> address;
            case TCP -> "tcp://" + address;
            case TLS -> "tls://" + address;
            case HTTPS -> "https://" + address + path;
            case SYSTEM -> "system";
        };
    }
}

package org.sentrydns.api;

/**
 * How a query came to the server.
 *
 * @since 1.0
 */
public enum Transport {
    /**
     * A datagram (RFC 1035 section 4.2.1).
     *
     * @since 1.0
     */
    UDP,
    /**
     * A connection (RFC 7766).
     *
     * @since 1.0
     */
    TCP
}

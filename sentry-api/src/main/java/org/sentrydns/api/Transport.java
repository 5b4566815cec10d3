package org.sentrydns.api;

/** How a query came to the server. */
public enum Transport {
    /** A datagram (RFC 1035 section 4.2.1). */
    UDP,
    /** A connection (RFC 7766). */
    TCP
}

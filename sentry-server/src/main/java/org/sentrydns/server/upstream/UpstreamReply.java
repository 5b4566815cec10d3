package org.sentrydns.server.upstream;

/** How asking upstreams ended. Immutable; the messages are shared and must not be written to. */
public sealed interface UpstreamReply {
    /** Stands for a reply that was kept. */
    String CACHE = "cache";

    /** Stands for one that has run out. */
    String STALE = "stale";

    /**
     * Somebody replied: a success, or the best failure if nobody succeeded.
     *
     * @param message the reply as it came, its TTLs aged
     * @param from whose reply it is: an upstream, as messages name it, or {@link #CACHE}
     */
    record Replied(byte[] message, String from) implements UpstreamReply {}

    /**
     * Nobody succeeded, but an earlier reply is known (RFC 8767).
     *
     * @param message the earlier reply
     */
    record Stale(byte[] message) implements UpstreamReply {}

    /**
     * Nobody replied.
     *
     * @param reason what happened to each, for people
     */
    record Silent(String reason) implements UpstreamReply {}
}

package org.sentrydns.server.upstream;

/** How asking upstreams ended. Immutable. */
public sealed interface UpstreamReply {

    /**
     * Somebody replied: a success, or the best failure if nobody succeeded.
     *
     * @param message the reply as it came
     */
    record Replied(byte[] message) implements UpstreamReply {}

    /**
     * Nobody replied.
     *
     * @param reason what happened to each, for people
     */
    record Silent(String reason) implements UpstreamReply {}
}

package org.sentrydns.server.wire;

/** What a datagram or a frame from a client turned out to be. */
public sealed interface Decoded permits QueryMessage, Decoded.Silence, Decoded.Refusal {

    /** No header, or a reply: answering could start a loop. */
    record Silence() implements Decoded {}

    /**
     * Something that gets an error and no more.
     *
     * @param reply the whole reply
     */
    record Refusal(byte[] reply) implements Decoded {}
}

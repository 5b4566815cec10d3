package org.sentrydns.server.cache;

/**
 * A copy of a reply that was kept.
 *
 * @param message with its TTLs as old as it is, or as they are in a stale answer
 * @param fresh whether it is still true; otherwise it is for the time when nobody can say better (RFC 8767)
 * @param askAgain whether it is popular and ends soon, so that it should be asked for before; true once
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record CachedReply(byte[] message, boolean fresh, boolean askAgain) {}

package org.sentrydns.server.config;

/**
 * How replies are kept.
 *
 * @param entries how many at most; 0 keeps none
 * @param bytes how much memory they take at most, about
 * @param minTtl seconds that a reply is kept at least, unless its TTL is 0
 * @param maxTtl seconds that a reply is kept at most
 * @param stale seconds that a reply may be used beyond its time while upstreams fail (RFC 8767)
 */
public record CacheSettings(int entries, long bytes, int minTtl, int maxTtl, int stale) {

    /** What is not said. */
    public static final CacheSettings DEFAULT = new CacheSettings(100_000, 64L << 20, 0, 86_400, 86_400);

    /** Keeps nothing. */
    public static final CacheSettings OFF = new CacheSettings(0, 0, 0, 0, 0);

    /** Whether replies are kept at all. */
    public boolean isOn() {
        return entries > 0;
    }
}

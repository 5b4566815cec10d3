package org.sentrydns.server.stats;

import java.security.SecureRandom;

/**
 * A number of 64 bits that stands for a name or an address: two different ones have the same by chance only, and nobody outside
 * can tell which. Never 0. It holds within this process only.
 */
public final class Fingerprint {
    private static final long SEED = new SecureRandom().nextLong();
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private Fingerprint() {}

    /** That of a name. */
    public static long of(String text) {
        long hash = SEED;
        for (int i = 0; i < text.length(); i++) {
            hash = mix(hash, text.charAt(i));
        }
        return ended(hash);
    }

    /** That of an address. */
    public static long of(byte[] bytes) {
        long hash = SEED;
        for (byte b : bytes) {
            hash = mix(hash, b);
        }
        return ended(hash);
    }

    private static long mix(long hash, int next) {
        return Long.rotateLeft((hash ^ next) * SPREAD, 29);
    }

    private static long ended(long hash) {
        long spread = (hash ^ (hash >>> 32)) * SPREAD;
        long print = spread ^ (spread >>> 29);
        return print == 0 ? 1 : print;
    }
}

package org.sentrydns.server.list;

import java.util.concurrent.ThreadLocalRandom;

/** A hash of names from their last letter to their first: on the way, the hash of every name above comes off. */
final class NameHash {
    /** Not the same in each process: a list could be full of names that meet in one slot. */
    static final int START = ThreadLocalRandom.current().nextInt();

    private NameHash() {}

    static int step(int hash, int letter) {
        return (hash ^ letter) * 0x01000193;
    }

    /** Where to begin looking in a table. */
    static int slot(int hash, int slots) {
        int mixed = hash ^ (hash >>> 15);
        mixed *= 0x2c1b3c6d;
        mixed ^= mixed >>> 12;
        mixed *= 0x297a2d39;
        mixed ^= mixed >>> 15;
        return (int) (((mixed & 0xffffffffL) * slots) >>> 32);
    }

    /** A part of the hash, in the bits above those of an offset. */
    static int tag(int hash, int offsetBits) {
        return offsetBits == 32 ? 0 : (hash * 0x9e3779b1) >>> offsetBits << offsetBits;
    }

    static int next(int slot, int slots) {
        return slot + 1 == slots ? 0 : slot + 1;
    }
}

package org.sentrydns.server.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes odd messages of good ones; the same seed makes the same. Confined to one thread. */
final class Mutator {
    private final Random random;
    private final List<byte[]> seeds;

    Mutator(long seed, List<byte[]> seeds) {
        this.random = new Random(seed);
        this.seeds = seeds;
    }

    byte[] next() {
        byte[] message = pick().clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes && message.length > 0; i++) {
            message = change(message);
        }
        return message;
    }

    private byte[] change(byte[] message) {
        int at = random.nextInt(message.length);
        switch (random.nextInt(8)) {
            case 0 -> message[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> message[at] = (byte) random.nextInt(256);
            case 2 -> message[at] = (byte) 0xc0;
            case 3 -> message[Math.min(message.length - 1, 4 + random.nextInt(8))] = (byte) random.nextInt(4);
            case 4 -> {
                return Arrays.copyOf(message, at);
            }
            case 5 -> {
                return Arrays.copyOf(message, message.length + 1 + random.nextInt(20));
            }
            case 6 -> {
                byte[] other = pick();
                int length = Math.min(other.length, message.length) - at;
                if (length > 0) {
                    System.arraycopy(other, at, message, at, length);
                }
            }
            default -> {
                int from = random.nextInt(message.length);
                System.arraycopy(message, from, message, at, message.length - Math.max(at, from));
            }
        }
        return message;
    }

    private byte[] pick() {
        return seeds.get(random.nextInt(seeds.size()));
    }
}

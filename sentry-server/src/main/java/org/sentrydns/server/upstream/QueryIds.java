package org.sentrydns.server.upstream;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Message IDs that nobody can guess (RFC 5452 section 4.3). Thread-safe: random bytes are drawn a block at a time. */
final class QueryIds {
    private static final int BLOCK = 8192;

    private final SecureRandom random = new SecureRandom();
    private final AtomicReference<Block> block = new AtomicReference<>(fresh());

    int next() {
        while (true) {
            Block current = block.get();
            int at = current.used().getAndAdd(2);
            if (at < BLOCK) {
                return (current.bytes()[at] & 0xff) << 8 | (current.bytes()[at + 1] & 0xff);
            }
            block.compareAndSet(current, fresh());
        }
    }

    private Block fresh() {
        byte[] bytes = new byte[BLOCK];
        random.nextBytes(bytes);
        return new Block(bytes, new AtomicInteger());
    }

    private record Block(byte[] bytes, AtomicInteger used) {}
}

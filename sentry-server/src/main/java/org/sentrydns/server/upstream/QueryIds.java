package org.sentrydns.server.upstream;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Message IDs that nobody can guess (RFC 5452 section 4.3). Thread-safe. Random bytes are drawn a small block at a time: a
 * large one holds all queries up for milliseconds, not least since code that runs seldom is never compiled.
 */
final class QueryIds {
    private static final int BLOCK = 256;

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

package org.sentrydns.server.list;

import java.io.IOException;
import java.util.function.LongSupplier;

/**
 * Sees to it that a list takes no memory that the server needs: a process without memory ends, and whoever starts it again reads
 * the same list again. Thread-safe.
 */
final class HeapRoom {
    static final HeapRoom HEAP = new HeapRoom(
            HeapRoom::left, Runtime.getRuntime()::gc, Runtime.getRuntime().maxMemory());

    /** An eighth is for queries, and a little more must be there after a collection, so that not each portion needs one. */
    private static final int SHARE = 8;

    private static final int LITTLE = 32;

    private final LongSupplier left;
    private final Runnable collect;
    private final long most;

    /**
     * @param left the bytes that are free, or could be had
     * @param collect finds out what is not needed any more
     * @param most the heap's largest size, bytes
     */
    HeapRoom(LongSupplier left, Runnable collect, long most) {
        this.left = left;
        this.collect = collect;
        this.most = most;
    }

    private static long left() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
    }

    /**
     * To be called before memory is taken.
     *
     * @param bytes not negative
     * @throws IOException if there would be too little left
     */
    void take(long bytes) throws IOException {
        long needed = bytes + most / SHARE;
        if (left.getAsLong() >= needed) {
            return;
        }
        collect.run();
        if (left.getAsLong() < needed + most / LITTLE) {
            throw new IOException("there is not enough memory for it (see -Xmx)");
        }
    }
}

package org.sentrydns.server.loop;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Loops that all tests of a run share; their threads are daemons. */
public final class SharedLoops {
    private static final QueryLoops LOOPS = start();

    private SharedLoops() {}

    private static QueryLoops start() {
        SystemCalls.link();
        try {
            return QueryLoops.start(2);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static QueryLoops get() {
        return LOOPS;
    }
}

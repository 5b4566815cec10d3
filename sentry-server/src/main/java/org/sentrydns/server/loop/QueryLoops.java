package org.sentrydns.server.loop;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The loops of a server, and the watch over them. Thread-safe. */
public final class QueryLoops implements AutoCloseable {
    private static final Duration HELD = Duration.ofMillis(20);
    /** Each needs 0.7 MB outside the heap; the launcher has a limit for all. */
    private static final int MOST = 64;

    private final List<QueryLoop> loops;
    private final AtomicInteger turn = new AtomicInteger();
    private final Thread watch;

    private QueryLoops(List<QueryLoop> loops) {
        this.loops = loops;
        this.watch = Thread.ofPlatform().name("sentry-overseer").daemon().unstarted(this::watch);
    }

    /** One loop for each processor, up to {@value #MOST}, so that what one has to wait for holds up only its share of the queries. */
    public static QueryLoops start() throws IOException {
        return start(Math.min(MOST, Runtime.getRuntime().availableProcessors()));
    }

    /** That many. */
    static QueryLoops start(int count) throws IOException {
        List<QueryLoop> loops = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            loops.add(new QueryLoop("sentry-loop-" + i));
        }
        QueryLoops all = new QueryLoops(List.copyOf(loops));
        all.watch.start();
        return all;
    }

    public List<QueryLoop> all() {
        return loops;
    }

    /** One after the other. */
    public QueryLoop next() {
        return loops.get(Math.floorMod(turn.getAndIncrement(), loops.size()));
    }

    private void watch() {
        try {
            PoolWatch pool = new PoolWatch();
            while (true) {
                Thread.sleep(HELD);
                loops.forEach(QueryLoop::relieve);
                pool.look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (OutOfMemoryError e) {
            LastResort.end("nobody can watch the loops any more", e);
        }
    }

    @Override
    public void close() {
        watch.interrupt();
        loops.forEach(QueryLoop::close);
    }
}

package org.sentrydns.server.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** One benchmark, to be run once. */
public final class Benchmark {

    private final BenchmarkPlan plan;
    private final Names names;
    private final QueryFeed feed;

    /**
     * Reads the names.
     *
     * @throws IllegalArgumentException the file of names is not one, with file and line
     * @throws IOException the file cannot be read
     */
    public Benchmark(BenchmarkPlan plan) throws IOException {
        this.plan = plan;
        this.names = names(plan);
        this.feed = new QueryFeed(plan, names);
    }

    /** Sends nothing more: {@link #run} ends as if this had been the end of the plan. From any thread. */
    public void end() {
        feed.end();
    }

    /**
     * Asks the queries of the plan, in the order of the names, and waits for the last of them, at most the plan's
     * timeout longer than it sends.
     *
     * @throws IOException the network lets nothing out to the server
     */
    public BenchmarkResult run(ProgressListener progress) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Tally tally = new Tally();
        Run run = new Run(plan, new Wire(names, plan.type()), feed, tally, progress, System.nanoTime());
        Load load = plan.tcp() ? new TcpLoad(run) : new UdpLoad(run);
        load.run();
        Duration elapsed = Duration.ofNanos(run.elapsed());
        run.progress();
        return tally.result(elapsed, Duration.ofNanos(System.nanoTime() - begin));
    }

    private static Names names(BenchmarkPlan plan) throws IOException {
        Path file = plan.names().orElse(null);
        return file == null ? KnownNames.read(plan.limit()) : NamesFile.read(file, plan.limit());
    }
}

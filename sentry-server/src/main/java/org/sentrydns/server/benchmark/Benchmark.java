package org.sentrydns.server.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Runs benchmarks. */
public final class Benchmark {

    private Benchmark() {}

    /**
     * Asks the queries of the plan, in the order of the names, and waits for the last of them, at most the plan's
     * timeout longer than it sends.
     *
     * @throws IllegalArgumentException the file of names is not one, with file and line
     * @throws IOException the file cannot be read, or the network lets nothing out to the server
     */
    public static BenchmarkResult run(BenchmarkPlan plan, ProgressListener progress)
            throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Names names = names(plan);
        QueryFeed feed = new QueryFeed(plan, names);
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

package org.sentrydns.server.cli;

import com.beust.jcommander.Parameters;
import com.beust.jcommander.ParametersDelegate;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.sentrydns.server.Signals;
import org.sentrydns.server.benchmark.Benchmark;
import org.sentrydns.server.benchmark.BenchmarkPlan;
import org.sentrydns.server.benchmark.BenchmarkResult;
import org.sentrydns.server.benchmark.ProgressBar;
import org.sentrydns.server.stats.TextTable;
import org.sentrydns.server.stats.TextTable.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@Parameters(commandDescription = "loads a DNS server with queries for well-known names and shows how it does")
final class BenchmarkCommand extends Command {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.benchmark");

    /** As shells have it: 128 and the number of the signal. */
    private static final int INTERRUPTED = 130;

    @ParametersDelegate
    private final BenchmarkOptions options = new BenchmarkOptions();

    @Override
    int run(PrintStream out) throws IOException, InterruptedException {
        return run(options.plan());
    }

    static int run(BenchmarkPlan plan) throws IOException, InterruptedException {
        LOG.info("starting benchmark");
        AtomicBoolean interrupted = new AtomicBoolean();
        BenchmarkResult result = measure(plan, interrupted);
        List<Row> rows = result.rows().entrySet().stream()
                .map(row -> new Row(row.getKey(), row.getValue()))
                .toList();
        LOG.info("results: \n{}", TextTable.draw(new Row("metric", "value"), rows));
        result.firstError().ifPresent(error -> LOG.warn("the first error: {}", error));
        if (interrupted.get()) {
            return INTERRUPTED;
        }
        return result.answered() > 0 || result.sent() == 0 ? FINE : FAILED;
    }

    /** Ctrl-C ends the asking and not the telling; a second one ends all. */
    private static BenchmarkResult measure(BenchmarkPlan plan, AtomicBoolean interrupted)
            throws IOException, InterruptedException {
        try {
            Benchmark benchmark = new Benchmark(plan);
            Signals.on("INT", () -> {
                if (interrupted.getAndSet(true)) {
                    System.exit(INTERRUPTED);
                }
                benchmark.end();
            });
            LOG.info("benchmarking {} with {} outstanding", plan.server(), plan.concurrency());
            if (!isTerminal()) {
                return benchmark.run((sent, done, total, elapsed) -> {});
            }
            ProgressBar bar = new ProgressBar(System.err, plan.duration());
            BenchmarkResult result = benchmark.run(bar);
            bar.clear();
            return result;
        } catch (IllegalArgumentException e) {
            throw new WrongInputException(String.valueOf(e.getMessage()), e);
        }
    }

    /** The launcher knows; Java 21 and later ones disagree about what a console is. */
    private static boolean isTerminal() {
        return Boolean.getBoolean("sentry.terminal");
    }
}

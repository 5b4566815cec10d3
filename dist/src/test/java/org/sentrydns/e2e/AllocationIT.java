package org.sentrydns.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a query may allocate on the paths that most of them take: it decides how often memory is collected, and is exact. */
final class AllocationIT {
    private static final int QUERIES = 40_000;
    private static final int RATE = 20_000;
    /** A young server allocates more, until what is asked for is compiled; on a busy machine that takes a while. */
    private static final int ROUNDS = 6;

    @TempDir
    static Path folder;

    private static Nsd nsd;

    @BeforeAll
    static void start() throws IOException {
        nsd = Nsd.start(folder, "*. IN A 192.0.2.1\n");
    }

    @AfterAll
    static void stop() {
        nsd.close();
    }

    /** The budgets are a quarter above what was measured. */
    @ParameterizedTest
    @CsvSource({"answered by a rule, answer, 2800", "from the cache, cached, 1800", "forwarded, new, 5000"})
    void query_allocatesNoMoreThanItsBudget(String what, String kind, long budget) throws Exception {
        String rules = RunningSentry.config("answer ^answer with A 192.0.2.1", "resolve ^ using " + nsd.upstream());
        String config = rules.replace("\"rules\"", "\"warm_up\": false,\n  \"rules\"");
        try (RunningSentry sentry = RunningSentry.start(folder, config)) {
            ask(sentry, kind, 0);
            long query = Long.MAX_VALUE;
            for (int round = 1; round <= ROUNDS && (round == 1 || query > budget); round++) {
                ask(sentry, kind, 2 * round - 1);
                long before = ProcessFigures.allocatedBytes(sentry.pid());
                ask(sentry, kind, 2 * round);
                query = (ProcessFigures.allocatedBytes(sentry.pid()) - before) / QUERIES;
            }

            long last = query;
            System.out.printf("%s: %d bytes a query%n", what, last);
            assertTrue(last > 0 && last <= budget, () -> what + ": " + last + " bytes, expected " + budget);
        }
    }

    private static void ask(RunningSentry sentry, String kind, int round) throws IOException, InterruptedException {
        Path names = Files.write(
                folder.resolve("names"),
                IntStream.range(0, QUERIES)
                        .mapToObj(i -> kind + (kind.equals("new") ? "-" + round + "-" + i : i % 1000) + ".test A")
                        .toList());
        Dnsperf.run(sentry.port(), names, RATE, "-n", "1").assertNothingLost();
    }
}

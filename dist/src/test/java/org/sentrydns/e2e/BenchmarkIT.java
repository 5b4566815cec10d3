package org.sentrydns.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The benchmark, in both of its forms, prints the original's table. */
final class BenchmarkIT {
    private static final List<String> METRICS = List.of(
            "elapsed_time_seconds",
            "queries_failed",
            "queries_per_second",
            "queries_successful",
            "response_time_msec_avg",
            "response_time_msec_max",
            "response_time_msec_min",
            "response_time_msec_p50",
            "response_time_msec_p90",
            "response_time_msec_p99",
            "response_time_msec_p999",
            "uptime");

    @TempDir
    static Path folder;

    private static RunningSentry sentry;

    @BeforeAll
    static void start() throws IOException {
        sentry = RunningSentry.start(
                folder, RunningSentry.config("block ^bad\\.test$ with nxdomain", "answer ^(.*) with A 192.0.2.1"));
    }

    @AfterAll
    static void stop() {
        sentry.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"benchmark", "--benchmark"})
    void benchmark_ofAThousandNames_printsTheTable(String form) throws Exception {
        String table = run(form, "-l", "1000");

        assertTrue(table.contains("[sentry.benchmark] INFO: results:"), table);
        assertTrue(table.contains("| metric | value |"), table);
        for (String metric : METRICS) {
            assertTrue(table.matches("(?s).*\n\\| " + metric + " \\| [0-9.]+ \\|\n.*"), () -> metric + " in " + table);
        }
        assertRow("queries_successful", "1000", table);
        assertRow("queries_failed", "0", table);
    }

    @Test
    void benchmark_overTcp_printsTheTable() throws Exception {
        assertRow("queries_successful", "200", run("benchmark", "--tcp", "-n", "10", "-l", "200"));
    }

    @Test
    void benchmark_withAPlainFile_asksForItsNames() throws Exception {
        assertThreeNames(Files.writeString(folder.resolve("names.txt"), "good.test\nbad.test\nfine.test\n"));
    }

    @Test
    void benchmark_withRankedNames_asksForThem() throws Exception {
        assertThreeNames(Files.writeString(folder.resolve("top.csv"), "1,good.test\n2,bad.test\n3,fine.test\n"));
    }

    @Test
    void benchmark_withAZip_asksForTheNamesInIt() throws Exception {
        Path zip = folder.resolve("top-1m.csv.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("top-1m.csv"));
            out.write("1,good.test\n2,bad.test\n3,fine.test\n".getBytes(StandardCharsets.US_ASCII));
            out.closeEntry();
        }

        assertThreeNames(zip);
    }

    private static void assertThreeNames(Path names) throws Exception {
        String table = run("benchmark", "--names", names.toString());

        assertRow("queries_successful", "2", table);
        assertRow("queries_failed", "1", table);
        assertRow("rcode.NXDOMAIN", "1", table);
    }

    private static void assertRow(String metric, String value, String table) {
        assertTrue(table.contains("| " + metric + " | " + value + " |"), () -> metric + " is not " + value + table);
    }

    private static String run(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("-s", "127.0.0.1:" + sentry.port()));
        Tool.Ran ran = RunningSentry.run(folder, all.toArray(String[]::new));
        assertEquals(0, ran.exit(), ran::text);
        return String.join("\n", ran.lines());
    }

    @Test
    void benchmark_thatIsInterrupted_printsTheTableOfWhatItHasMeasured() throws Exception {
        String program =
                RunningSentry.HOME.resolve("bin/sentry").toAbsolutePath().toString();
        List<String> command =
                List.of(program, "benchmark", "-s", "127.0.0.1:" + sentry.port(), "--duration", "600", "--rate", "100");
        try (Daemon benchmark = new Daemon(folder, folder.resolve("benchmark.log"), command)) {
            benchmark.awaitLog("benchmarking ");
            assertEquals(
                    0, Tool.run("kill", "-INT", String.valueOf(benchmark.pid())).exit());
            assertEquals(130, benchmark.awaitEnd(), benchmark::log);
            assertTrue(benchmark.log().contains("| queries_failed "), benchmark::log);
        }
    }
}

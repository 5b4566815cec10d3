package org.sentrydns.server.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Type;

@Timeout(30)
final class BenchmarkTest {

    private static final ProgressListener SILENT = (sent, done, total, elapsed) -> {};

    /** Long enough for a busy machine; only the tests with lost queries wait for it. */
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    @TempDir
    Path folder;

    private Responder responder;

    @BeforeEach
    void start() throws IOException {
        responder = new Responder("127.0.0.1");
    }

    @AfterEach
    void stop() throws IOException {
        responder.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void run_withMixedReplies_countsEachKind(boolean tcp) throws Exception {
        BenchmarkResult result =
                ask(tcp, 2, 0, "good.test", "nx.test", "lost.test", "empty.test", "refused.test", "b.test");

        assertEquals(6, result.sent());
        assertEquals(2, result.successful());
        assertEquals(4, result.failed());
        assertEquals(1, result.lost());
        assertEquals(0, result.errors());
        assertEquals(Map.of("NOERROR", 3L, "NXDOMAIN", 1L, "REFUSED", 1L), result.rcodes());
        assertTrue(result.latency().isPresent());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void run_withForgedReplies_waitsForTheRightOne(boolean tcp) throws Exception {
        BenchmarkResult result = ask(tcp, 1, 0, "forged.test", "twice.test", "upper.test", "c.test");

        assertEquals(4, result.successful());
        assertEquals(4, result.answered());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void run_withOneAtATime_asksInTheOrderOfTheNames(boolean tcp) throws Exception {
        ask(tcp, 1, 5, "a.test", "b.test", "c.test");

        assertEquals(List.of("a.test", "b.test", "c.test", "a.test", "b.test"), responder.asked());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void run_withManyQueries_losesNone(boolean tcp) throws Exception {
        BenchmarkResult result = ask(tcp, 20, 5000, "a.test", "b.test", "c.test");

        assertEquals(5000, result.successful(), result::toString);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void run_withDuration_repeatsNamesUntilItEnds(boolean tcp) throws Exception {
        Path names = Files.writeString(folder.resolve("names"), "a.test\n");
        Duration duration = Duration.ofMillis(100);
        BenchmarkResult result = new Benchmark(new BenchmarkPlan(
                        responder.address(),
                        0,
                        duration,
                        2,
                        200,
                        Type.A,
                        tcp,
                        Duration.ofSeconds(5),
                        Optional.of(names)))
                .run(SILENT);

        assertTrue(result.sent() >= 1 && result.sent() <= 20, result::toString);
        assertEquals(result.sent(), result.successful());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void end_beforeTheEndOfThePlan_isTheEnd(boolean tcp) throws Exception {
        Path names = Files.writeString(folder.resolve("names"), "a.test\n");
        Benchmark benchmark = new Benchmark(new BenchmarkPlan(
                responder.address(),
                0,
                Duration.ofDays(1),
                2,
                1000,
                Type.A,
                tcp,
                Duration.ofSeconds(5),
                Optional.of(names)));
        BenchmarkResult result = benchmark.run((sent, done, total, elapsed) -> benchmark.end());

        assertTrue(result.sent() >= 1, result::toString);
        assertEquals(result.sent(), result.successful());
    }

    /** The second connection has a query that is due in more than a minute. */
    @Test
    void end_whileQueriesWaitForTheirTime_isTheEnd() throws Exception {
        Path names = Files.writeString(folder.resolve("names"), "a.test\n");
        Benchmark benchmark = new Benchmark(new BenchmarkPlan(
                responder.address(),
                0,
                Duration.ofDays(1),
                2,
                0.01,
                Type.A,
                true,
                Duration.ofSeconds(5),
                Optional.of(names)));
        BenchmarkResult result = assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> benchmark.run((sent, done, total, elapsed) -> benchmark.end()));

        assertEquals(1, result.sent(), result::toString);
    }

    @Test
    void run_whereAllIsLost_asksTheNextAtOnce() throws Exception {
        Path names = Files.writeString(folder.resolve("names"), "lost.test\n");
        BenchmarkResult result = new Benchmark(new BenchmarkPlan(
                        responder.address(),
                        100,
                        Duration.ZERO,
                        1,
                        0,
                        Type.A,
                        false,
                        Duration.ofMillis(1),
                        Optional.of(names)))
                .run(SILENT);

        assertEquals(100, result.lost());
        // A pause of a fifth of a second after each would make it twenty.
        assertTrue(result.elapsed().toSeconds() < 10, result::toString);
    }

    @Test
    void run_overIpv6_works() throws Exception {
        try (Responder ipv6 = new Responder("::1")) {
            for (boolean tcp : new boolean[] {false, true}) {
                BenchmarkResult result = new Benchmark(plan(ipv6.address(), tcp, 10, 30, Optional.empty())).run(SILENT);

                assertEquals(30, result.successful(), result::toString);
            }
        }
    }

    @Test
    void run_overTcpWithAServerThatCloses_connectsAgain() throws Exception {
        BenchmarkResult result = ask(true, 1, 6, "closing.test", "a.test");

        assertEquals(6, result.successful(), result::toString);
        assertEquals(4, responder.connections());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void run_whenNobodyListens_saysSo(boolean tcp) throws Exception {
        InetSocketAddress nobody;
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            nobody = (InetSocketAddress) socket.getLocalSocketAddress();
        }
        BenchmarkResult result = new Benchmark(plan(nobody, tcp, 4, 20, Optional.empty())).run(SILENT);

        assertEquals(20, result.sent());
        assertEquals(20, result.lost() + result.errors());
        assertTrue(result.errors() > 0);
        assertTrue(result.firstError().isPresent());
        assertEquals("-", result.rows().get("response_time_msec_avg"));
    }

    @Test
    void run_atItsEnd_reportsFullProgress() throws Exception {
        List<String> lines = new ArrayList<>();
        new Benchmark(plan(responder.address(), false, 4, 20, Optional.empty()))
                .run((sent, done, total, elapsed) -> lines.add(sent + "/" + done + "/" + total));

        assertEquals("20/20/20", lines.getLast());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void run_whenInterrupted_stops(boolean tcp) {
        Thread.currentThread().interrupt();

        assertThrows(InterruptedException.class, () -> ask(tcp, 1, 1000, "lost.test"));
        assertFalse(Thread.currentThread().isInterrupted());
    }

    private BenchmarkResult ask(boolean tcp, int concurrency, int limit, String... names) throws Exception {
        Path file = Files.write(folder.resolve("names"), List.of(names));
        return new Benchmark(plan(responder.address(), tcp, concurrency, limit, Optional.of(file))).run(SILENT);
    }

    private static BenchmarkPlan plan(
            InetSocketAddress server, boolean tcp, int concurrency, int limit, Optional<Path> names) {
        return new BenchmarkPlan(server, limit, Duration.ZERO, concurrency, 0, Type.A, tcp, TIMEOUT, names);
    }
}

package org.sentrydns.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

/** An upstream that is of no use costs nothing. */
final class DeadUpstreamIT {
    private static final int QUERIES = 1_000;
    private static final int WARM_UP = 2_000;
    private static final double FACTOR = 1.2;

    /**
     * NSD on loopback answers in some 0.1 ms, and a fifth of that is less than the wake-up of one thread. A race has two
     * more of them than a single upstream: 0.1 ms, twice that on a busy machine.
     */
    private static final double HAND_OVER_MILLIS = 0.2;

    /** A packet that was lost on a full machine is asked again in no time; a server that is too slow fails the test. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    /** Each name is asked for once: an answer from a cache would measure nothing. */
    private int fresh;

    @Test
    void resolve_withADeadUpstreamOfTwo_isAsFastAsWithoutIt() throws Exception {
        try (Nsd nsd = Nsd.start(folder, "*. IN A 192.0.2.1\n");
                FakeUpstream dead = FakeUpstream.silent();
                RunningSentry sentry = RunningSentry.start(
                        folder,
                        RunningSentry.config(
                                "resolve ^alone using " + nsd.upstream(),
                                "resolve ^pair using " + dead.upstream() + ", " + nsd.upstream()));
                DnsClient client = new DnsClient(sentry.port(), PATIENCE)) {
            measure(client, WARM_UP, "alone");
            measure(client, WARM_UP, "pair");
            Footprint before = settled(sentry.pid());

            assertAsFast(measure(client, QUERIES, "alone", "pair"), HAND_OVER_MILLIS);
            assertTrue(dead.asked() > 0, "the dead upstream was never asked");
            await("no thread and no socket is left over")
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> {
                        Footprint now = Footprint.of(sentry.pid());
                        assertTrue(
                                now.threads() <= before.threads() && now.files() <= before.files(),
                                () -> "before " + before + ", now " + now);
                    });
        }
    }

    @Test
    void resolve_withADeadUpstreamAndADistantOne_isWithinAFifth() throws Exception {
        try (FakeUpstream distant = FakeUpstream.replying(Rcode.NOERROR, Duration.ofMillis(3));
                FakeUpstream dead = FakeUpstream.silent();
                RunningSentry sentry = RunningSentry.start(
                        folder,
                        RunningSentry.config(
                                "resolve ^alone using " + distant.upstream(),
                                "resolve ^pair using " + dead.upstream() + ", " + distant.upstream()));
                DnsClient client = new DnsClient(sentry.port(), PATIENCE)) {
            measure(client, 100, "alone", "pair");

            assertAsFast(measure(client, QUERIES, "alone", "pair"), 0);
        }
    }

    private static void assertAsFast(double[][] millis, double allowance) {
        double alone = median(millis[0]);
        double pair = median(millis[1]);
        System.out.printf("one dead upstream of two: median %.3f ms, without it %.3f ms%n", pair, alone);
        assertTrue(
                pair <= alone * FACTOR + allowance,
                () -> "median " + pair + " ms with a dead upstream, " + alone + " ms without it");
    }

    @Test
    void resolve_withAFastServfailAndASlowAnswer_alwaysTakesTheAnswer() throws Exception {
        try (FakeUpstream failing = FakeUpstream.replying(Rcode.SERVFAIL, Duration.ZERO);
                FakeUpstream slow = FakeUpstream.replying(Rcode.NOERROR, Duration.ofMillis(30));
                RunningSentry sentry = RunningSentry.start(
                        folder,
                        RunningSentry.config("resolve ^ using " + failing.upstream() + ", " + slow.upstream()));
                DnsClient client = new DnsClient(sentry.port(), PATIENCE)) {
            for (int i = 0; i < 100; i++) {
                Message reply = client.ask("name" + i + ".test").orElseThrow();

                assertEquals(Rcode.NOERROR, reply.getRcode());
                assertEquals(1, reply.getSection(Section.ANSWER).size());
            }
            assertTrue(failing.asked() > 0, "the failing upstream was never asked");
            assertEquals(100, slow.asked());
        }
    }

    /** Asks for names below each label in turn, so that both meet the same load of the machine. */
    private double[][] measure(DnsClient client, int rounds, String... labels) throws IOException {
        double[][] millis = new double[labels.length][rounds];
        for (int round = 0; round < rounds; round++) {
            for (int label = 0; label < labels.length; label++) {
                String name = labels[label] + fresh++ + ".test";
                long start = System.nanoTime();
                assertTrue(client.ask(name).isPresent(), () -> "no reply for " + name);
                millis[label][round] = (System.nanoTime() - start) / 1e6;
            }
        }
        return millis;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** What a process holds, once two looks in a row see the same. */
    private static Footprint settled(long pid) {
        Footprint[] last = {new Footprint(0, 0)};
        await("the process has come to rest")
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    Footprint now = Footprint.of(pid);
                    boolean same = now.equals(last[0]);
                    last[0] = now;
                    return same;
                });
        return last[0];
    }

    private record Footprint(int threads, int files) {

        static Footprint of(long pid) throws IOException {
            Path process = Path.of("/proc", String.valueOf(pid));
            try (Stream<Path> tasks = Files.list(process.resolve("task"));
                    Stream<Path> files = Files.list(process.resolve("fd"))) {
                int threads = (int) tasks.filter(task -> !isCompiler(task)).count();
                return new Footprint(threads, (int) files.count());
            }
        }

        /** The virtual machine starts and ends compiler threads as it likes. */
        private static boolean isCompiler(Path task) {
            try {
                return Files.readString(task.resolve("comm")).matches("(?s)C[12] Compiler.*");
            } catch (IOException e) {
                // Ended since the folder was listed.
                return true;
            }
        }
    }
}

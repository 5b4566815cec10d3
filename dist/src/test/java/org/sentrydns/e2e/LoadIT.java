package org.sentrydns.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Rcode;

/** Nothing is lost under load, whatever signals come, and memory does not grow. */
final class LoadIT {
    private static final int QUERIES = 100_000;
    private static final long GROWTH_KIB = 10 * 1024;
    private static final List<String> KINDS = List.of("logged", "blocked", "rewritten", "redirected", "plain");

    @TempDir
    static Path folder;

    private static Nsd nsd;

    private static Path all;

    /** The names in five files. */
    private static List<Path> fifths;

    @BeforeAll
    static void start() throws IOException {
        nsd = Nsd.start(folder, "*. IN A 192.0.2.1\n");
        List<String> names = names();
        List<Path> parts = new ArrayList<>();
        for (int start = 0; start < QUERIES; start += QUERIES / 5) {
            parts.add(Files.write(folder.resolve("names" + start), names.subList(start, start + QUERIES / 5)));
        }
        fifths = List.copyOf(parts);
        all = Files.write(folder.resolve("names"), names);
    }

    private static List<String> names() {
        Random random = new Random(20261123);
        List<String> names = new ArrayList<>(QUERIES);
        for (int i = 0; i < QUERIES; i++) {
            names.add(Long.toString(random.nextLong() >>> 1, 36) + "." + KINDS.get(i % KINDS.size()) + ".test A");
        }
        return names;
    }

    @AfterAll
    static void stop() {
        nsd.close();
    }

    /** Its cache is full after a fifth of the names, so that whatever grows later is a leak. */
    private static RunningSentry sentry(String... before) throws IOException {
        List<String> rules = new ArrayList<>(List.of(before));
        rules.addAll(List.of(
                "log ^(.*)\\.logged",
                "block ^(.*)\\.blocked",
                "rewrite ^(.*)\\.rewritten\\.test to $1.plain.test",
                "redirect ^(.*)\\.redirected to google.com",
                "resolve ^(.*) using " + nsd.upstream()));
        String config = RunningSentry.config(rules.toArray(String[]::new))
                .replace("\"rules\"", "\"cache\": { \"entries\": 5000 },\n  \"rules\"");
        return RunningSentry.start(folder, config);
    }

    @Test
    void randomNames_atTenThousandASecond_areAllAnsweredInAFlatHeap() throws Exception {
        int port = Ports.free();
        try (RunningSentry sentry = sentry();
                Daemon dnsdist = dnsdist(port)) {
            Turns first = Turns.of(sentry.port(), port, fifths.subList(0, 1));
            long early = ProcessFigures.heapAfterCollection(sentry.pid());
            Turns young = Turns.of(sentry.port(), port, fifths.subList(1, 5));
            long late = ProcessFigures.heapAfterCollection(sentry.pid());
            Turns whole = Turns.of(sentry.port(), port, List.of(all));
            Turns warm = Turns.of(sentry.port(), port, fifths);
            long latest = ProcessFigures.heapAfterCollection(sentry.pid());

            young.print("after 2 s of load");
            warm.print("after 20 s of load");
            System.out.printf(
                    "heap of Sentry: %d KiB after 20,000 queries, %d KiB after 100,000, %d KiB after 300,000%n",
                    early, late, latest);
            List.of(first, young, whole, warm).forEach(Turns::assertSentryLostNothing);
            long most = Math.max(late, latest);
            assertTrue(most - early < GROWTH_KIB, () -> "the heap grew from " + early + " to " + most + " KiB");
            assertTrue(dnsdist.isAlive(), dnsdist::log);
        }
    }

    /** Runs at 10,000 queries a second, one of Sentry and one of dnsdist for each file of names. */
    private record Turns(List<Dnsperf> sentry, List<Dnsperf> dnsdist) {

        static Turns of(int sentryPort, int dnsdistPort, List<Path> files) throws IOException, InterruptedException {
            List<Dnsperf> sentry = new ArrayList<>();
            List<Dnsperf> dnsdist = new ArrayList<>();
            for (Path names : files) {
                sentry.add(Dnsperf.run(sentryPort, names, 10_000, "-n", "1", "-v"));
                dnsdist.add(Dnsperf.run(dnsdistPort, names, 10_000, "-n", "1", "-v"));
            }
            return new Turns(sentry, dnsdist);
        }

        void assertSentryLostNothing() {
            sentry.forEach(Dnsperf::assertNothingLost);
        }

        /** Times of a shared machine are for people to read, not for a test to fail by. */
        void print(String when) {
            sentry.forEach(run -> System.out.printf("Sentry: %.0f q/s, p99 %.3f ms%n", run.rate(), run.p99()));
            dnsdist.forEach(run -> System.out.printf("dnsdist: %.0f q/s, p99 %.3f ms%n", run.rate(), run.p99()));
            System.out.printf(
                    "p99 of Sentry / p99 of dnsdist %s, medians of %d runs in turn: %.2f%n",
                    when, sentry.size(), medianP99(sentry) / medianP99(dnsdist));
        }
    }

    private static double medianP99(List<Dnsperf> runs) {
        return runs.stream().mapToDouble(Dnsperf::p99).sorted().toArray()[runs.size() / 2];
    }

    /** Does the same work in front of the same NSD. It cannot rewrite, and forwards those names as they are. */
    private static Daemon dnsdist(int port) throws IOException {
        Path conf = Files.writeString(folder.resolve("dnsdist.conf"), """
                setLocal("127.0.0.1:%d")
                setSecurityPollSuffix("")
                newServer({address="%s"})
                addAction(RegexRule("^(.*)\\\\.logged"), LogAction("%s", false, true, true))
                addAction(RegexRule("^(.*)\\\\.blocked"), RCodeAction(DNSRCode.NOERROR))
                addAction(RegexRule("^(.*)\\\\.redirected"), SpoofCNAMEAction("google.com."))
                """.formatted(
                        port, nsd.upstream(), folder.resolve("dnsdist-queries.log")));
        List<String> command = List.of("/usr/bin/dnsdist", "--supervised", "--disable-syslog", "-C", conf.toString());
        Daemon dnsdist = new Daemon(folder, folder.resolve("dnsdist.log"), command);
        dnsdist.awaitReply(port, "ready.plain.test");
        return dnsdist;
    }

    @Test
    void usr1_everyTenMillisecondsUnderLoad_losesNothing() throws Exception {
        try (RunningSentry sentry = sentry()) {
            String loop = "i=0; while [ $i -lt 1000 ] && kill -USR1 $0; do i=$((i + 1)); sleep 0.01; done";
            List<String> command = List.of("/bin/sh", "-c", loop, String.valueOf(sentry.pid()));
            Dnsperf ran;
            try (Daemon signals = new Daemon(folder, folder.resolve("signals.log"), command)) {
                ran = Dnsperf.run(sentry.port(), all, 5_000, "-l", "10");
                assertEquals("", signals.log());
            }

            ran.assertNothingLost();
            assertTrue(sentry.isAlive());
            sentry.stop();
            StatisticsTables tables = StatisticsTables.in(sentry.log());
            System.out.printf("%.0f q/s under signals, %d tables%n", ran.rate(), tables.systems() + tables.domains());
            assertEquals(List.of(), tables.broken());
            assertEquals(tables.systems(), tables.domains());
            assertTrue(tables.systems() > 50, () -> "only " + tables);
        }
    }

    @Test
    void term_underLoad_answersWhatIsInFlight() throws Exception {
        int inFlight = 50;
        Path log = folder.resolve("background.log");
        try (FakeUpstream slow = FakeUpstream.replying(Rcode.NOERROR, Duration.ofMillis(500));
                RunningSentry sentry = sentry("resolve ^slow using " + slow.upstream());
                Daemon load = new Daemon(folder, log, Dnsperf.command(sentry.port(), all, 5_000, "-l", "20"));
                DnsClient client = new DnsClient(sentry.port(), Duration.ofSeconds(5))) {
            await("the load is there")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> client.ask("a.plain.test").isPresent()
                            && sentry.log().contains("logging query"));
            for (int i = 0; i < inFlight; i++) {
                client.send(DnsClient.question("slow" + i + ".test"));
            }
            await("all are in flight").atMost(Duration.ofSeconds(5)).until(() -> slow.asked() == inFlight);
            sentry.stop();

            for (int i = 0; i < inFlight; i++) {
                assertEquals(Rcode.NOERROR, client.receive().getRcode());
            }
            assertTrue(load.isAlive(), load::log);
            StatisticsTables tables = StatisticsTables.in(sentry.log());
            assertEquals(new StatisticsTables(1, 1, List.of()), tables);
        }
    }
}

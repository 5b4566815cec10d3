package org.sentrydns.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries that wait for a slow upstream, as many as are taken on at once. */
final class InFlightIT {
    private static final int IN_FLIGHT = 10_000;

    /** All are sent before the first reply. */
    private static final int RATE = 12_000;

    @TempDir
    Path folder;

    @Test
    void tenThousandQueries_overAnUpstreamThatTakesASecond_areAllAnsweredIn200MegabytesOfHeap() throws Exception {
        String slow = RunningSentry.config("delay ^ by 1s", "answer ^ with A 192.0.2.1")
                .replace("\"rules\"", "\"limits\": { \"queries_in_flight\": 20000 },\n  \"rules\"");
        String patient = "\"resolution_timeout\": 5,\n  \"rules\"";
        try (RunningSentry upstream = RunningSentry.start(folder, slow);
                RunningSentry sentry = RunningSentry.startWith(
                        "-Xmx200m",
                        folder,
                        RunningSentry.config("resolve ^ using 127.0.0.1:" + upstream.port())
                                .replace("\"rules\"", patient))) {
            // The machine code is there after the first time.
            ask(sentry, "first", RATE / 4);

            Dnsperf ran = ask(sentry, "second", RATE);

            ran.assertNothingLost();
            assertEquals(IN_FLIGHT, ran.completed());
            assertTrue(ran.text().contains("NOERROR " + IN_FLIGHT + " (100.00%)"), ran::text);
            assertTrue(sentry.isAlive(), sentry::log);
        }
    }

    /** With room in the client's sockets, which are not what is tested. */
    private Dnsperf ask(RunningSentry sentry, String label, int rate) throws IOException, InterruptedException {
        Path names = Files.write(
                folder.resolve(label),
                IntStream.range(0, IN_FLIGHT)
                        .mapToObj(i -> "n" + i + "." + label + ".test A")
                        .toList());
        return Dnsperf.run(
                sentry.port(), names, rate, "-n", "1", "-q", String.valueOf(IN_FLIGHT), "-c", "10", "-b", "2048");
    }
}

package org.sentrydns.server.querylog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sentrydns.api.Transport;
import org.sentrydns.server.config.QueryLogSettings;
import org.sentrydns.server.config.SourceText;
import org.sentrydns.server.log.LogLines;
import org.sentrydns.server.observe.QueryEvent;
import org.sentrydns.server.rule.Asker;
import org.sentrydns.server.wire.Queries;
import org.xbill.DNS.Type;

final class QueryLogTest {
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    Path folder;

    private final SetClock clock = new SetClock();

    private QueryEvent event(String client, String name) throws UnknownHostException {
        InetSocketAddress from = new InetSocketAddress(InetAddress.getByName(client), 4000);
        return new QueryEvent(
                clock.instant(),
                1_234_567,
                new Asker(from, from, Transport.UDP),
                Queries.decoded(Queries.of(name, Type.AAAA)),
                null,
                "192.0.2.53:53",
                null);
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    private QueryLogSettings settings(double sample) {
        return settings("log", sample);
    }

    private QueryLogSettings settings(String name, double sample) {
        return new QueryLogSettings(
                Optional.of(file(name)), 1000, DAY, 2, sample, false, new SourceText("sentry.json", ""), 0);
    }

    @Test
    void line_saysWhoAskedWhatAndWhatBecameOfIt() throws UnknownHostException {
        String line = new String(new JsonLine(false).of(event("10.1.2.3", "Www.Test")), StandardCharsets.UTF_8);

        assertEquals(
                "{\"time\":\"2026-11-24T10:00:00Z\",\"client\":\"10.1.2.3\",\"transport\":\"udp\",\"name\":\"Www.Test.\","
                        + "\"type\":\"AAAA\",\"class\":\"IN\",\"verb\":\"none\",\"from\":\"192.0.2.53:53\",\"rcode\":\"none\",\"bytes\":0,"
                        + "\"milliseconds\":1.235}\n",
                line);
    }

    @ParameterizedTest
    @CsvSource({"192.168.7.99, 192.168.7.0/24", "2001:db8:1:2ff:3::4, 2001:db8:1:200::/56"})
    void line_withShortenedClients_saysTheirNetwork(String client, String written) throws UnknownHostException {
        String line = new String(new JsonLine(true).of(event(client, "a.test")), StandardCharsets.UTF_8);

        assertTrue(line.contains("\"client\":\"" + written + "\""), line);
    }

    @Test
    void open_whereNothingCanBeWritten_saysSo() {
        QueryLogSettings nowhere = settings("no/such/folder", 1);

        IOException e = assertThrows(IOException.class, () -> QueryLog.open(nowhere, clock));
        assertTrue(String.valueOf(e.getMessage()).contains("cannot be written"), e.getMessage());
    }

    @Test
    void close_letsAllThatWaitsBeWritten() throws IOException {
        try (QueryLog log = new QueryLog(settings(1), clock, () -> 0.99)) {
            for (int i = 0; i < 4; i++) {
                log.seen(event("10.0.0.1", "a" + i + ".test"));
            }
        }
        assertEquals(4, Files.readAllLines(file("log")).size());
    }

    @Test
    void sample_leavesTheOthersOut() throws IOException {
        double[] dice = {0.05, 0.5, 0.099, 0.1};
        int[] thrown = {0};
        try (QueryLog log = new QueryLog(settings(0.1), clock, () -> dice[thrown[0]++])) {
            for (int i = 0; i < dice.length; i++) {
                log.seen(event("10.0.0.1", "a" + i + ".test"));
            }
        }
        assertEquals(2, Files.readAllLines(file("log")).size());
    }

    /** As on a disk that is full, and has room again later. */
    @Test
    void target_thatFails_losesWhatWaitedAndCountsIt() {
        int[] room = {0};
        ByteArrayOutputStream disk = new ByteArrayOutputStream();
        OutputStream out = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                if (room[0]-- <= 0) {
                    throw new IOException("No space left on device");
                }
                disk.write(octet);
            }
        };
        LogWriter log = writer(new StandardOutput(out));
        add(log, "lost 1\n", "lost 2\n");
        log.idle();
        assertEquals(2, log.failed());

        room[0] = 4;
        add(log, "torn\n");
        log.idle();
        assertEquals(3, log.failed());

        room[0] = 100;
        add(log, "whole\n");
        log.end();
        assertEquals(3, log.failed());
        assertEquals("\ntor\nwhole\n", disk.toString(StandardCharsets.UTF_8));
    }

    @Test
    void queryLog_onAFullDisk_countsEachQueryAsLostAndComplainsOnce() throws IOException {
        QueryLogSettings full = new QueryLogSettings(
                Optional.of(Path.of("/dev/full")), 1 << 20, DAY, 2, 1, false, new SourceText("sentry.json", ""), 0);
        try (LogLines said = new LogLines("sentry.core")) {
            QueryLog log = QueryLog.open(full, clock);
            for (int i = 0; i < 40; i++) {
                log.seen(event("10.0.0.1", "a" + i + ".test"));
            }
            log.close();

            assertEquals(40, log.lost());
            assertEquals(
                    List.of(
                            "ERROR the query log cannot be written: java.io.IOException: No space left on device",
                            "WARN 40 queries are missing in the query log: it could not be written"),
                    said.take());
        }
    }

    private static LogWriter writer(LogTarget target) {
        return new LogWriter(target, new JsonLine(false));
    }

    private static void add(LogWriter log, String... lines) {
        for (String line : lines) {
            log.add(line.getBytes(StandardCharsets.UTF_8));
        }
    }
}

package org.sentrydns.server.querylog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sentrydns.api.Transport;
import org.sentrydns.server.config.QueryLogSettings;
import org.sentrydns.server.config.SourceText;
import org.sentrydns.server.observe.QueryEvent;
import org.sentrydns.server.rule.Asker;
import org.sentrydns.server.wire.Queries;
import org.xbill.DNS.Type;

final class QueryLogTest {
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    Path folder;

    private Instant now = Instant.parse("2026-11-24T10:00:00Z");
    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    };

    private QueryEvent event(String client, String name) throws UnknownHostException {
        InetSocketAddress from = new InetSocketAddress(InetAddress.getByName(client), 4000);
        return new QueryEvent(
                now,
                1_234_567,
                new Asker(from, from, Transport.UDP),
                Queries.decoded(Queries.of(name, Type.AAAA)),
                null,
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
    void line_saysWhoAskedWhatAndWhatBecameOfIt() throws IOException {
        String line = new String(new JsonLine(false).of(event("10.1.2.3", "Www.Test")), StandardCharsets.UTF_8);

        assertEquals(
                "{\"time\":\"2026-11-24T10:00:00Z\",\"client\":\"10.1.2.3\",\"transport\":\"udp\",\"name\":\"Www.Test.\","
                        + "\"type\":\"AAAA\",\"class\":\"IN\",\"verb\":\"none\",\"rcode\":\"none\",\"bytes\":0,"
                        + "\"milliseconds\":1.235}\n",
                line);
    }

    @ParameterizedTest
    @CsvSource({"192.168.7.99, 192.168.7.0/24", "2001:db8:1:2ff:3::4, 2001:db8:1:200:0:0:0:0/56"})
    void line_withShortenedClients_saysTheirNetwork(String client, String written) throws IOException {
        String line = new String(new JsonLine(true).of(event(client, "a.test")), StandardCharsets.UTF_8);

        assertTrue(line.contains("\"client\":\"" + written + "\""), line);
    }

    @Test
    void file_thatIsLarge_isPutAsideAndTheOldestGoes() throws IOException {
        RotatedFile log = new RotatedFile(file("log"), 10, DAY, 2, clock);
        for (String line : new String[] {"first\n", "second\n", "third\n", "fourth\n"}) {
            log.write(line.getBytes(StandardCharsets.UTF_8));
        }
        log.close();

        assertEquals("fourth\n", Files.readString(file("log")));
        assertEquals("third\n", Files.readString(file("log.1")));
        assertEquals("second\n", Files.readString(file("log.2")));
        assertFalse(Files.exists(file("log.3")));
    }

    @Test
    void file_thatIsOld_isPutAside() throws IOException {
        RotatedFile log = new RotatedFile(file("log"), 1000, DAY, 2, clock);
        log.write("old\n".getBytes(StandardCharsets.UTF_8));
        now = now.plus(DAY);
        log.write("new\n".getBytes(StandardCharsets.UTF_8));
        log.close();

        assertEquals("new\n", Files.readString(file("log")));
        assertEquals("old\n", Files.readString(file("log.1")));
    }

    @Test
    void file_thatIsThereAlready_goesOn() throws IOException {
        Files.writeString(file("log"), "before\n");
        RotatedFile log = new RotatedFile(file("log"), 1000, Duration.ofDays(36500), 2, clock);
        log.write("after\n".getBytes(StandardCharsets.UTF_8));
        log.close();

        assertEquals("before\nafter\n", Files.readString(file("log")));
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

    @Test
    void file_thatSomebodyElseMovedAway_isMadeAnew() throws IOException {
        RotatedFile log = new RotatedFile(file("log"), 10, DAY, 0, clock);
        log.write("first\n".getBytes(StandardCharsets.UTF_8));
        Files.move(file("log"), file("moved"));
        log.write("second\n".getBytes(StandardCharsets.UTF_8));
        log.close();

        assertEquals("first\n", Files.readString(file("moved")));
        assertEquals("second\n", Files.readString(file("log")));
    }

    /** As when there are no more descriptors: a log of a day must not push the others out with each query. */
    @Test
    void file_thatCannotBeMadeAnew_costsNoneOfThosePutAside() throws IOException {
        RotatedFile log = new RotatedFile(file("log"), 10, DAY, 3, clock);
        byte[] line = "a line to put aside\n".getBytes(StandardCharsets.UTF_8);
        log.write(line);
        Files.writeString(file("log.1"), "older\n");
        Files.delete(file("log"));
        Files.createSymbolicLink(file("log"), file("no folder").resolve("log"));
        for (int i = 0; i < 5; i++) {
            assertThrows(IOException.class, () -> log.write(line));
        }
        assertEquals("older\n", Files.readString(file("log.1")));
    }

    @Test
    void file_thatCannotBePutAside_goesOn() throws IOException {
        RotatedFile log = new RotatedFile(file("log"), 10, DAY, 1, clock);
        log.write("first\n".getBytes(StandardCharsets.UTF_8));
        Files.createDirectories(file("log.1").resolve("in the way"));
        byte[] second = "second\n".getBytes(StandardCharsets.UTF_8);
        assertThrows(IOException.class, () -> log.write(second));
        log.write(second);
        log.close();

        assertEquals("first\nsecond\n", Files.readString(file("log")));
    }
}

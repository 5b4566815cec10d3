package org.sentrydns.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;

/** What a configuration would have decided about the queries of a log. */
final class ReplayTest extends CommandTest {
    @Test
    void replay_againstAnother_showsWhatIsDecidedDifferently() throws IOException {
        Path next = config("\"hush ^a\\\\.\"");
        Path old = Files.writeString(
                folder.resolve("old.json"), "{ \"plugins\": \"plugins\", \"rules\": [\"hush ^b\", \"hush ^a\"] }");
        Path log = Files.writeString(folder.resolve("queries.log"), """
                a.test A
                b.test
                [11/23/2026 06:38:28] [sentry.rules.log] INFO: logging query: b.test. matched by rule: ^ with context: {'client': '10.0.0.1:53751', 'server': '127.0.0.1:53', 'type': 'MX', 'class': 'IN'}
                [11/23/2026 06:38:28] [sentry.core] INFO: starting, 1 known rules
                {"time": 1, "name": "b.test.", "type": "A", "client": "127.0.0.1"}
                what is this line about
                """);
        assertEquals(
                0, run("check", "-c", next.toString(), "--replay", log.toString(), "--against", old.toString()), err());
        assertEquals(log + """
                : 4 queries, 3 different questions, 1 lines that are no queries; 3 would be decided differently

                3 queries: 'hush ^b' (%1$s:1) -> no rule
                    b.test. A from 127.0.0.1: NOERROR -> REFUSED, since no rule decides
                    b.test. MX from 10.0.0.1 at mon 06:38: NOERROR -> REFUSED, since no rule decides
                """.formatted(old), out());
    }

    @Test
    void replay_alone_showsWhoDecides() throws IOException {
        Path log = Files.writeString(folder.resolve("names"), "a.test A\na.test A\nc.test AAAA\n");
        assertEquals(0, run("check", "-c", config("\"hush ^a\"").toString(), "--replay", log.toString()), err());
        assertTrue(out().contains("2 queries: 'hush ^a'"), out());
        assertTrue(out().contains("1 queries: no rule"), out());
    }

    @Test
    void replay_ofSentrysOwnQueryLog_knowsShortenedClientsAndTransports() throws IOException {
        Path log = Files.writeString(folder.resolve("queries.log"), """
                {"client":"192.168.1.0/24","transport":"udp","name":"a.test.","type":"A"}
                {"client":"2001:db8::/56","transport":"tcp","name":"a.test.","type":"A"}
                """);
        Path config = config("\"hush ^a if transport is tcp\"");
        assertEquals(0, run("check", "-c", config.toString(), "--replay", log.toString()), err());
        assertTrue(out().startsWith(log + ": 2 queries, 2 different questions\n"), out());
        assertTrue(out().contains("1 queries: 'hush ^a if transport is tcp'"), out());
        assertTrue(out().contains("1 queries: no rule"), out());
    }

    @Test
    void replay_decidesAsOfTheTimeThatALineHas() throws IOException {
        ZonedDateTime tuesday = LocalDateTime.of(2026, 11, 24, 20, 30).atZone(ZoneId.systemDefault());
        Path log = Files.writeString(folder.resolve("queries.log"), """
                {"time":"%s","client":"10.0.0.1","name":"a.test.","type":"A"}
                [11/24/2026 21:30:00] [sentry.rules.log] INFO: logging query: a.test. matched by rule: ^ with context: {'client': '10.0.0.1:53751', 'server': '127.0.0.1:53', 'type': 'A', 'class': 'IN'}
                """.formatted(tuesday.toInstant()));
        Path config = config("\"hush ^a if time is 20:00-21:00 and day is tue\"");
        assertEquals(0, run("check", "-c", config.toString(), "--replay", log.toString()), err());
        assertTrue(out().startsWith(log + ": 2 queries, 1 different questions\n"), out());
        assertTrue(out().contains("a.test. A from 10.0.0.1 at tue 20:30: NOERROR"), out());
        assertTrue(out().contains("a.test. A from 10.0.0.1 at tue 21:30: REFUSED"), out());
    }

    @Test
    void replay_ofTheLinesOfTwoRulesAboutOneQuery_countsItOnce() throws IOException {
        String line =
                "[11/24/2026 21:30:00] [sentry.rules.%s] INFO: %s query: a.test. matched by rule: ^ with context: "
                        + "{'client': '10.0.0.1:%d', 'server': '127.0.0.1:53', 'type': 'A', 'class': '%s'}%n";
        Path log = Files.writeString(
                folder.resolve("queries.log"),
                line.formatted("log", "logging", 4000, "IN")
                        + line.formatted("log", "logging", 4001, "IN")
                        + line.formatted("block", "blocking", 4000, "IN")
                        + line.formatted("log", "logging", 4000, "IN")
                        + line.formatted("block", "blocking", 4000, "IN")
                        + line.formatted("log", "logging", 4002, "CH"));
        assertEquals(0, run("check", "-c", config("\"hush ^a\"").toString(), "--replay", log.toString()), err());
        assertTrue(
                out().startsWith(log + ": 3 queries, 1 different questions, 1 queries of other classes left out\n"),
                out());
    }

    @Test
    void replay_ofLinesThatAreOdd_readsWhatTheySay() throws IOException {
        Path log = folder.resolve("queries.log");
        Files.write(
                log, "{\"client\":\"fe80::1%eth0\",\"name\":\"a\\\"\\u002eb.\",\"type\":\"TYPE65\"}\n".getBytes(UTF_8));
        Files.write(log, new byte[] {(byte) 0xff, (byte) 0xfe, '.', '.', '\n'}, StandardOpenOption.APPEND);
        Files.write(log, "{\"name\": \n".getBytes(UTF_8), StandardOpenOption.APPEND);
        assertEquals(0, run("check", "-c", config("\"hush ^x\"").toString(), "--replay", log.toString()), err());
        assertTrue(out().startsWith(log + ": 1 queries, 1 different questions, 2 lines that are no queries\n"), out());
        assertTrue(out().contains("a\\\".b. HTTPS from fe80::1: "), out());
    }

    @Test
    void replay_withAListThatCannotBeRead_saysSoAndEndsWith1() throws IOException {
        Path log = Files.writeString(folder.resolve("names"), "a.ads.test A\n");
        Files.writeString(folder.resolve("ads.txt"), "..\\n");
        Path config = expecting("");
        assertEquals(1, run("check", "-c", config.toString(), "--replay", log.toString()), err());
        assertTrue(out().contains("note: list ads cannot be read and matches nothing: it is no list"), out());
    }
}

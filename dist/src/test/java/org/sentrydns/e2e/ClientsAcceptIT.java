package org.sentrydns.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Sentry answers is taken by clients that check: dig, kdig, glibc, and Unbound as a forwarder. */
final class ClientsAcceptIT {
    /** Not the address of anybody else, since glibc knows no port but 53. */
    private static final String ADDRESS = "127.83.69.53";

    @TempDir
    static Path folder;

    private static Nsd nsd;
    private static RunningSentry sentry;
    private static Daemon unbound;
    private static int unboundPort;

    @BeforeAll
    static void start() throws Exception {
        String crowd = IntStream.rangeClosed(1, 120)
                .mapToObj(i -> "crowd.example.com. IN A 198.51.100." + i + "\n")
                .collect(Collectors.joining());
        nsd = Nsd.start(folder, """
                www.example.com. IN A 192.0.2.10
                new.example.com. IN A 192.0.2.20
                new.example.com. IN AAAA 2001:db8::20
                """ + crowd);
        sentry = RunningSentry.start(
                folder,
                RunningSentry.config(
                                "block ^ads\\.example\\.com$",
                                "block ^nxads\\.example\\.com$ with nxdomain",
                                "block ^noads\\.example\\.com$ with nodata",
                                "block ^nullads\\.example\\.com$ with null",
                                "rewrite ^old\\.example\\.com$ to new.example.com",
                                "redirect ^plain\\.example\\.com$ to new.example.com",
                                "redirect ^full\\.example\\.com$ to new.example.com with addresses",
                                "answer ^printer\\.example\\.com$ with A 192.0.2.77",
                                "resolve ^ using " + nsd.upstream())
                        .replace("\"127.0.0.1\", \"port\": 0", "\"" + ADDRESS + "\", \"port\": 53"));
        unboundPort = Ports.free();
        unbound = new Daemon(
                folder,
                folder.resolve("unbound.log"),
                List.of("/usr/sbin/unbound", "-d", "-p", "-c", unboundConf().toString()));
        unbound.awaitReply(unboundPort, "ready.example.com");
    }

    private static Path unboundConf() throws IOException {
        return Files.writeString(folder.resolve("unbound.conf"), """
                server:
                  interface: 127.0.0.1@%d
                  access-control: 127.0.0.0/8 allow
                  module-config: "iterator"
                  do-not-query-localhost: no
                  do-daemonize: no
                  num-threads: 1
                  username: ""
                  chroot: ""
                  directory: "%s"
                  pidfile: ""
                  use-syslog: no
                  log-servfail: yes
                remote-control:
                  control-enable: no
                forward-zone:
                  name: "."
                  forward-addr: %s@53
                """.formatted(unboundPort, folder, ADDRESS));
    }

    @AfterAll
    static void stop() {
        unbound.close();
        nsd.close();
        sentry.close();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    ads,     NOERROR,
                    nxads,   NXDOMAIN,
                    noads,   NOERROR,
                    nullads, NOERROR,  nullads.example.com. IN A 0.0.0.0
                    old,     NOERROR,  old.example.com. IN A 192.0.2.20
                    oLd,     NOERROR,  oLd.example.com. IN A 192.0.2.20
                    plain,   NOERROR,  plain.example.com. IN CNAME new.example.com.
                    full,    NOERROR,  full.example.com. IN CNAME new.example.com.|new.example.com. IN A 192.0.2.20
                    printer, NOERROR,  printer.example.com. IN A 192.0.2.77
                    www,     NOERROR,  www.example.com. IN A 192.0.2.10
                    nobody,  NXDOMAIN,
                    """)
    void reply_toDigAndKdig_isTaken(String host, String status, String answers) throws Exception {
        for (String client : List.of("dig", "kdig")) {
            for (String option : List.of("+noedns", "+edns=0", "+tcp")) {
                Tool.Ran ran = Tool.ask(client, ADDRESS, 53, option, host + ".example.com", "A");

                assertStatus(status, ran);
                // kdig asks, and shows, in lower case.
                String expected = answers == null ? "" : answers;
                assertEquals(
                        client.equals("kdig") ? expected.replace("oLd", "old") : expected,
                        String.join("|", answers(ran)));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"dig", "kdig"})
    void truncatedReply_toDigAndKdig_isHadOverTcp(String client) throws Exception {
        Tool.Ran udp = Tool.ask(client, ADDRESS, 53, "+noedns", "+ignore", "crowd.example.com");
        Tool.Ran tcp = Tool.ask(client, ADDRESS, 53, "+noedns", "crowd.example.com");

        assertTrue(udp.text().matches("(?s).*lags: [a-z ]*\\btc\\b.*"), udp.text());
        assertEquals(120, answers(tcp).size());
    }

    @ParameterizedTest
    @CsvSource({"ads", "nxads", "noads", "nullads"})
    void block_ofAnEdnsClient_tellsWhy(String host) throws Exception {
        Tool.Ran ran = Tool.ask("dig", ADDRESS, 53, host + ".example.com");

        assertTrue(ran.text().contains("EDE: 15"), ran.text());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    ads,     NOERROR,  0,
                    nxads,   NXDOMAIN, 0,
                    noads,   NOERROR,  0,
                    nullads, NOERROR,  1, nullads.example.com. IN A 0.0.0.0
                    old,     NOERROR,  1, old.example.com. IN A 192.0.2.20
                    plain,   NOERROR,  2, new.example.com. IN A 192.0.2.20
                    full,    NOERROR,  2, new.example.com. IN A 192.0.2.20
                    printer, NOERROR,  1, printer.example.com. IN A 192.0.2.77
                    www,     NOERROR,  1, www.example.com. IN A 192.0.2.10
                    nobody,  NXDOMAIN, 0,
                    """)
    void reply_throughUnbound_isTaken(String host, String status, int count, String answer) throws Exception {
        Tool.Ran ran = Tool.dig(unboundPort, host + ".example.com");

        assertStatus(status, ran);
        List<String> answers = answers(ran);
        assertEquals(count, answers.size(), ran::text);
        assertTrue(answer == null || answers.contains(answer), ran::text);
    }

    @ParameterizedTest
    @CsvSource({"+tcp", "+notcp"})
    void truncatedReply_throughUnbound_isHadOverTcp(String option) throws Exception {
        assertEquals(
                120, answers(Tool.dig(unboundPort, option, "crowd.example.com")).size());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    ads,
                    nxads,
                    noads,
                    nobody,
                    plain,
                    nullads, 0.0.0.0 ::
                    old,     192.0.2.20 2001:db8::20
                    full,    192.0.2.20 2001:db8::20
                    printer, 192.0.2.77
                    www,     192.0.2.10
                    """)
    void reply_toGlibc_isTaken(String host, String addresses) throws Exception {
        long start = System.nanoTime();
        Tool.Ran ran = getent(host);

        assertEquals(addresses == null ? 2 : 0, ran.exit(), ran::text);
        assertEquals(addresses == null ? Set.of() : Set.of(addresses.split(" ")), addresses(ran));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertTrue(took.toSeconds() < 10, () -> "glibc took no reply and gave up after " + took);
    }

    @Test
    void truncatedReply_toGlibc_isHadOverTcp() throws Exception {
        assertEquals(120, addresses(getent("crowd")).size());
    }

    /** In a mount namespace of its own, so that nobody else's resolver changes. */
    private static Tool.Ran getent(String host) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("resolv.conf"), "nameserver " + ADDRESS + "\noptions timeout:10 attempts:1\n");
        Files.writeString(folder.resolve("nsswitch.conf"), "hosts: dns\n");
        String script = "mount --bind resolv.conf /etc/resolv.conf && mount --bind nsswitch.conf /etc/nsswitch.conf"
                + " || exit 99; exec getent ahosts " + host + ".example.com";
        return Tool.run(folder, Map.of(), List.of("unshare", "-m", "sh", "-c", script));
    }

    private static Set<String> addresses(Tool.Ran ran) {
        return ran.lines().stream().map(line -> line.split(" ", 2)[0]).collect(Collectors.toSet());
    }

    /** The lines of the answer section, without their TTLs. */
    private static List<String> answers(Tool.Ran ran) {
        return ran.lines().stream()
                .dropWhile(line -> !line.equals(";; ANSWER SECTION:"))
                .skip(1)
                .takeWhile(line -> !line.startsWith(";"))
                .map(line -> line.replaceFirst(" [0-9]+ IN ", " IN "))
                .toList();
    }

    private static void assertStatus(String status, Tool.Ran ran) {
        assertTrue(ran.text().matches("(?s).*status: " + status + "[,;].*"), ran::text);
    }
}

package org.sentrydns.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The original Sentry's example, as its README has it, behaves as that README says. */
final class OriginalReadmeIT {
    private static final String EXAMPLE = """
            {
            	"port" : 5300,
            	"host" : "0.0.0.0",
            	"rules" : [
            		"block ^(.*)youtube.com",
            		"block ^(.*).xxx",
            		"log ^(.*)google.com",

            		"rewrite ^www.google.com to google.com",

            		"redirect ^(.*)nytimes.com to google.com",
            		"redirect ^(.*)reddit.com to google.com",

            		"resolve ^(.*)facebook.com using 10.10.1.2 ",
            		"resolve ^(.*) using 8.8.4.4, 8.8.8.8"


            	]
            }
            """;

    private static final String DATE = "\\[[0-9]{2}/[0-9]{2}/[0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2}] ";

    @TempDir
    static Path folder;

    private static Nsd everybody;
    private static Nsd facebooks;
    private static RunningSentry sentry;

    @BeforeAll
    static void start() throws Exception {
        everybody = Nsd.start(folder, """
                google.com. IN A 192.0.2.10
                google.com. IN MX 10 mail.google.com.
                mail.google.com. IN A 192.0.2.11
                facebook.com. IN A 192.0.2.20
                example.org. IN A 192.0.2.30
                """);
        facebooks = Nsd.start(folder, "facebook.com. IN A 10.10.1.3\nwww.facebook.com. IN A 10.10.1.4\n");
        sentry = RunningSentry.start(
                folder,
                EXAMPLE.replace("5300", "0")
                        .replace("10.10.1.2", facebooks.upstream())
                        .replace("8.8.4.4", everybody.upstream())
                        .replace("8.8.8.8", everybody.secondUpstream()));
    }

    @AfterAll
    static void stop() {
        facebooks.close();
        everybody.close();
        sentry.close();
    }

    @Test
    void start_withTheExample_saysWhatTheOriginalSaid() {
        List<String> lines = sentry.log().lines().toList();

        assertMatches(DATE + "\\[sentry] INFO: using config: .*\\.json", lines.get(0));
        assertMatches(DATE + "\\[sentry.core] INFO: starting, 8 known rules", lines.get(1));
        assertMatches(DATE + "\\[sentry.net] INFO: Server started on 0.0.0.0:[0-9]+", lines.get(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"youtube.com A", "youtube.com MX", "YouTube.COM AAAA", "youtube.com TXT"})
    void block_ofYoutube_isAnEmptyReplyOf29Bytes(String question) throws Exception {
        assertEmpty(question, 29);
    }

    @ParameterizedTest
    @ValueSource(strings = {"foo.xxx A", "fOO.xXx MX"})
    void block_ofXxx_isAnEmptyReplyOf25Bytes(String question) throws Exception {
        assertEmpty(question, 25);
    }

    private static void assertEmpty(String question, int bytes) throws Exception {
        String reply = dig(("+noedns " + question).split(" "));

        assertHeader("NOERROR", 0, reply);
        assertTrue(reply.contains("MSG SIZE rcvd: " + bytes), reply);
    }

    @Test
    void block_ofAnyName_isLogged() throws Exception {
        assertHeader("NOERROR", 0, dig("www.youtube.com"));

        awaitLine(DATE + "\\[sentry.rules.block] WARNING: blocking query: www\\.youtube\\.com\\. matched by rule: "
                + "\\^\\(\\.\\*\\)youtube\\.com with context: \\{'client': '127\\.0\\.0\\.1:[0-9]+', 'server': "
                + "'(127\\.0\\.0\\.1|0\\.0\\.0\\.0):[0-9]+'.*}");
    }

    @Test
    void log_ofGoogle_writesALineAndGoesOn() throws Exception {
        assertAnswer("MaiL.Google.com. IN A 192.0.2.11", dig("MaiL.Google.com"));

        awaitLine(DATE + "\\[sentry.rules.log] INFO: logging query: (?i:mail\\.google\\.com)\\. matched by rule: "
                + "\\^\\(\\.\\*\\)google\\.com with context: \\{'client': '127\\.0\\.0\\.1:[0-9]+', 'server': "
                + "'(127\\.0\\.0\\.1|0\\.0\\.0\\.0):[0-9]+'.*}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"www.google.com", "WWW.Google.Com"})
    void rewrite_ofGoogle_answersUnderTheAskedName(String name) throws Exception {
        String reply = dig(name);

        assertTrue(reply.contains(";" + name + ". IN A"), reply);
        assertAnswer(name + ". IN A 192.0.2.10", reply);
        assertFalse(reply.contains(name.equals("www.google.com") ? "\ngoogle.com." : "\nwww.google.com."), reply);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "AAAA", "MX"})
    void redirect_ofNytimes_isACnameIn50Bytes(String type) throws Exception {
        String reply = dig("+noedns", "nytimes.com", type);

        assertHeader("NOERROR", 1, reply);
        assertAnswer("nytimes.com. 300 IN CNAME google.com.", reply);
        assertTrue(reply.contains("flags: qr rd"), reply);
        assertTrue(reply.contains("MSG SIZE rcvd: 50"), reply);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NyTimes.COM", "www.nytimes.com", "Reddit.com", "old.reddit.com"})
    void redirect_ofNamesBelowAndInMixedCase_isACname(String name) throws Exception {
        assertAnswer(name + ". 300 IN CNAME google.com.", dig(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"facebook.com. IN A 10.10.1.3", "wWw.faceBook.com. IN A 10.10.1.4"})
    void resolve_ofFacebook_asksItsOwnServer(String answer) throws Exception {
        assertAnswer(answer, dig(answer.split("\\. ", 2)[0]));
    }

    @Test
    void resolve_ofAllElse_asksTheOthers() throws Exception {
        assertAnswer("exAmple.org. IN A 192.0.2.30", dig("exAmple.org"));
        assertAnswer("google.com. IN MX 10 mail.google.com.", dig("google.com", "MX"));
        assertHeader("NXDOMAIN", 0, dig("nobody.example.org"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"USR1", "30"})
    void signal_whileRunning_logsBothTables(String signal) throws Exception {
        List<String> questions = List.of("youtube.com", "www.google.com", "nytimes.com", "example.org", "example.org");
        for (String name : questions) {
            dig(name);
        }
        int before = sentry.log().length();
        sentry.signal(signal);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> StatisticsTables.in(sentry.log().substring(before)).domains() == 1);

        String log = sentry.log().substring(before);
        for (String metric : List.of(
                "net.bytes_received",
                "net.bytes_sent",
                "net.packets_received",
                "net.packets_sent",
                "requests_pending",
                "requests_total",
                "response_time_msec_avg",
                "response_time_msec_max",
                "response_time_msec_min",
                "uptime",
                "rules.block",
                "rules.log",
                "rules.redirect",
                "rules.resolve",
                "rules.rewrite")) {
            assertTrue(log.contains("\n| " + metric + " "), () -> metric + " is missing in " + log);
        }
        assertMatches("(?s).*\\[sentry.core] INFO: system stats: *\n\\+-.*\n\\| metric +\\| value +\\|\n.*", log);
        assertMatches("(?s).*\\[sentry.core] INFO: domain stats: *\n ?\\+-.*\n\\| domain +\\| queries +\\|\n.*", log);
        assertMatches("(?s).*\n\\| example\\.org\\. +\\| [0-9]+ +\\|\n.*", log);
    }

    private static String dig(String... arguments) throws Exception {
        return String.join("\n", Tool.dig(sentry.port(), arguments).lines());
    }

    private static void assertHeader(String status, int answers, String reply) {
        assertTrue(reply.contains("status: " + status + ","), reply);
        assertTrue(reply.contains("ANSWER: " + answers + ","), reply);
    }

    /** The owner keeps its letters' case; the target may share the question's. The TTL counts only where it is named. */
    private static void assertAnswer(String line, String reply) {
        String owner = line.split(" ", 2)[0];
        assertTrue(
                reply.lines()
                        .filter(found -> found.startsWith(owner + " "))
                        .anyMatch(found -> found.equalsIgnoreCase(line)
                                || found.replaceFirst(" [0-9]+ ", " ").equalsIgnoreCase(line)),
                () -> "expected " + line + " in " + reply);
    }

    private static void assertMatches(String pattern, String text) {
        assertTrue(text.matches(pattern), () -> "expected " + pattern + " in " + text);
    }

    private static void awaitLine(String pattern) {
        await(pattern)
                .atMost(Duration.ofSeconds(20))
                .until(() -> sentry.log().lines().anyMatch(line -> line.matches(pattern)));
    }
}

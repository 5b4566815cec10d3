package org.sentrydns.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Section;

/** Everything is read again under load, and not a query is lost or sees half of it. */
final class ReloadIT {
    private static final int RELOADS = 50;
    private static final int RATE = 5_000;
    private static final int SECONDS = 12;

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("live.json");
    }

    /** Two halves of a whole: a name is renamed by one rule, and another one, about the new name, answers. */
    private static String edition(int number) {
        return "{ \"host\": \"127.0.0.1\", \"port\": 0, \"lists\": {\"ads\": \"ads.txt\"},\n  \"rules\": [\n"
                + "    \"block @ads with nxdomain\",\n"
                + "    \"rewrite ^(.*)\\\\.test$ to $1.half" + number + ".test\",\n"
                + "    \"answer \\\\.half" + number + "\\\\.test$ with A 192.0.2." + number + "\" ] }\n";
    }

    private void write(String config) throws IOException {
        Path next = Files.writeString(folder.resolve("live.next"), config);
        Files.move(next, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private RunningSentry start(String config) throws IOException {
        Files.writeString(folder.resolve("ads.txt"), "ads.example\n");
        write(config);
        RunningSentry sentry = RunningSentry.startFile(folder, file());
        sentry.awaitLog("list ads: 1 names");
        return sentry;
    }

    private static int count(String text, String words) {
        return text.split(java.util.regex.Pattern.quote(words), -1).length - 1;
    }

    @Test
    void reloads_underLoad_loseNothingAndAnswerExactly() throws Exception {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            names.add(i % 4 == 0 ? "x" + i + ".ads.example A" : "n" + i + ".test A");
        }
        Path asked = Files.write(folder.resolve("names"), names);
        try (RunningSentry sentry = start(edition(1));
                DnsClient client = new DnsClient(sentry.port(), Duration.ofSeconds(5))) {
            CompletableFuture<Dnsperf> load = CompletableFuture.supplyAsync(() -> {
                try {
                    return Dnsperf.run(sentry.port(), asked, RATE, "-l", String.valueOf(SECONDS));
                } catch (IOException | InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            Map<String, Integer> answers = new TreeMap<>();
            long begun = System.nanoTime();
            for (int reload = 1; reload <= RELOADS; reload++) {
                write(edition(1 + reload % 2));
                sentry.signal("HUP");
                int done = reload;
                await().atMost(Duration.ofSeconds(20))
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> count(sentry.log(), "INFO: reloaded: 3 rules (2 new, 2 gone), 1 lists") == done);
                answers.merge(address(client, "n" + reload + ".test"), 1, Integer::sum);
                assertEquals("192.0.2." + (1 + reload % 2), address(client, "again.test"));
            }
            System.out.printf("%d reloads in %.1f s%n", RELOADS, (System.nanoTime() - begun) / 1e9);
            Dnsperf ran = load.join();
            System.out.println(
                    ran.text().lines().filter(l -> l.contains("Response codes")).toList());
            ran.assertNothingLost();
            assertTrue(
                    ran.text()
                            .matches(
                                    "(?s).*Response codes: +NOERROR [0-9]+ \\([0-9.%]+\\), NXDOMAIN [0-9]+ \\([0-9.%]+\\)\n.*"),
                    ran::text);
            // A query that met the rewrite of one edition and the answers of the other would be REFUSED.
            assertEquals(2, answers.size(), answers::toString);
            sentry.stop();
        }
    }

    /** With its lists, its rules and the classes of its plugins. */
    @Test
    void whatWasReadAtTheStart_isFreedByAReload() throws Exception {
        String read = "org.sentrydns.server.edition.Edition";
        try (RunningSentry sentry = start(edition(1))) {
            assertEquals(1, ProcessFigures.instances(sentry.pid(), read));
            write(edition(2));
            sentry.signal("HUP");
            sentry.awaitLog("INFO: reloaded: ");
            await().atMost(Duration.ofSeconds(20)).until(() -> ProcessFigures.instances(sentry.pid(), read) == 1);
        }
    }

    private static String address(DnsClient client, String name) throws IOException {
        return client.ask(name)
                .orElseThrow()
                .getSection(Section.ANSWER)
                .getFirst()
                .rdataToString();
    }

    private static String answer(RunningSentry sentry, String name) throws IOException, InterruptedException {
        return Tool.dig(sentry.port(), "+short", name).out().strip();
    }

    @Test
    void reload_withMistakes_isRefusedWithItsPlace() throws Exception {
        try (RunningSentry sentry = start(edition(1))) {
            write(edition(2).replace("answer", "anwser"));
            sentry.signal("HUP");
            sentry.awaitLog("ERROR: the reload is refused");
            sentry.awaitLog("live.json:5:6: unknown verb 'anwser': did you mean 'answer'?");
            assertEquals("192.0.2.1", answer(sentry, "a.test"));
            write(edition(2).replace("\"rules\"", "\"expect\": {\"a.test\": \"answer with 192.0.2.1\"}, \"rules\""));
            sentry.signal("HUP");
            sentry.awaitLog("expected answer with 192.0.2.1, but 'answer \\.half2\\.test$ with A 192.0.2.2'");
            assertEquals("192.0.2.1", answer(sentry, "a.test"));
            write("{ no json");
            sentry.signal("HUP");
            await().until(() -> count(sentry.log(), "ERROR: the reload is refused") == 3);
            assertEquals("192.0.2.1", answer(sentry, "a.test"));
            sentry.stop();
        }
    }

    @Test
    void jar_thatIsReplaced_isUsedFromTheReloadOn_andABrokenOneIsRefused() throws Exception {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        RuleJar.build(plugins.resolve("greet.jar"), greet("hello"), Map.of());
        String config = edition(1).replace("\"rules\": [", "\"plugins\": \"plugins\",\n  \"rules\": [ \"greet ^hi\",");
        try (RunningSentry sentry = start(config)) {
            assertEquals("\"hello\"", greeting(sentry));
            RuleJar.build(plugins.resolve("greet.jar"), greet("welcome, and more of it"), Map.of());
            assertEquals("\"hello\"", greeting(sentry));
            sentry.signal("HUP");
            sentry.awaitLog("INFO: reloaded: 4 rules (0 new, 0 gone)");
            assertEquals("\"welcome, and more of it\"", greeting(sentry));
            Files.writeString(plugins.resolve("greet.jar"), "no jar");
            sentry.signal("HUP");
            sentry.awaitLog("ERROR: the reload is refused");
            assertEquals("\"welcome, and more of it\"", greeting(sentry));
            sentry.stop();
        }
    }

    private static String greeting(RunningSentry sentry) throws IOException, InterruptedException {
        return Tool.dig(sentry.port(), "+short", "hi.example", "TXT").out().strip();
    }

    private static String greet(String words) {
        return """
                package demo;

                import org.sentrydns.api.*;
                import org.xbill.DNS.*;

                public final class Greet implements RuleType {
                    @Override public String verb() { return "greet"; }
                    @Override public String syntax() { return "greet S"; }
                    @Override public Rule compile(RuleText text) {
                        return query -> Outcome.answer(Reply.of(new TXTRecord(query.name(), DClass.IN, 60, Words.SAID)));
                    }

                    private static final class Words { static final String SAID = new String("%s"); }
                }
                """.formatted(words);
    }

    @Test
    void file_thatIsWatched_isReadAgainWhenItChanges() throws Exception {
        String watched = "\"reload\": \"watch\", \"rules\"";
        try (RunningSentry sentry = start(edition(1).replace("\"rules\"", watched))) {
            write(edition(2).replace("\"rules\"", watched));
            sentry.awaitLog("INFO: reloaded: 3 rules (2 new, 2 gone)");
            assertEquals("192.0.2.2", answer(sentry, "a.test"));
        }
    }
}

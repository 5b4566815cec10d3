package org.sentrydns.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;

/** Domain lists as subjects of rules: they come in behind the running server, and change under load. */
final class ListIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String[] RULES = {"block @ads with nxdomain", "answer ^(.*) with A 192.0.2.1"};

    @TempDir
    Path folder;

    private String config(String source) {
        String lists = "\"list_copies\": \"" + folder.resolve("copies") + "\",\n  \"lists\": { \"ads\": \"" + source
                + "\" },\n  \"rules\"";
        return RunningSentry.config(RULES).replace("\"rules\"", lists);
    }

    private static int rcode(DnsClient client, String name) throws IOException {
        Optional<Message> reply = client.ask(name);
        return reply.map(Message::getRcode).orElse(-1);
    }

    private static void awaitRcode(DnsClient client, String name, int rcode) {
        await(name + " gets " + Rcode.string(rcode)).atMost(PATIENCE).until(() -> rcode(client, name) == rcode);
    }

    @Test
    void fileThatChangesUnderLoad_losesNoQueryAndDecidesAnew() throws Exception {
        Path list = folder.resolve("ads.txt");
        Files.write(list, numbered("old", 100_000));
        Path names = Files.write(
                folder.resolve("names"),
                IntStream.range(0, 20_000)
                        .mapToObj(i -> "always.test A\nold" + i + ".test A\nfree" + i + ".test A")
                        .toList());
        try (RunningSentry sentry = RunningSentry.start(folder, config("ads.txt"));
                DnsClient client = new DnsClient(sentry.port(), Duration.ofSeconds(2))) {
            awaitRcode(client, "old1.test", Rcode.NXDOMAIN);
            Path log = folder.resolve("load.log");
            Dnsperf ran;
            try (Daemon load = new Daemon(folder, log, Dnsperf.command(sentry.port(), names, 5_000, "-l", "8"))) {
                Path fresh = Files.write(folder.resolve("fresh.txt"), numbered("new", 100_000));
                Files.move(fresh, list, StandardCopyOption.ATOMIC_MOVE);
                awaitRcode(client, "new1.test", Rcode.NXDOMAIN);
                assertEquals(Rcode.NOERROR, rcode(client, "old1.test"));
                await("the load ends").atMost(PATIENCE).until(() -> !load.isAlive());
                ran = Dnsperf.read(load.log());
            }
            ran.assertNothingLost();
            assertTrue(sentry.log().contains("list ads: 100001 names"), sentry::log);
        }
    }

    /** A process without memory would end, and be started again, and read the same list. */
    @Test
    void listThatDoesNotFitIntoMemory_isRefusedAndTheServerGoesOn() throws Exception {
        Files.write(folder.resolve("ads.txt"), numbered("a-name-of-some-length-", 1_500_000));
        try (RunningSentry sentry = RunningSentry.startWith("-Xmx80m", folder, config("ads.txt"));
                DnsClient client = new DnsClient(sentry.port(), Duration.ofSeconds(2))) {
            await("the list is refused")
                    .atMost(PATIENCE)
                    .until(() -> sentry.log().contains("there is not enough memory for it (see -Xmx)"));
            assertEquals(Rcode.NOERROR, rcode(client, "always.test"));
            assertTrue(sentry.isAlive(), sentry::log);
        }
    }

    @Test
    void listThatIsToBeWaitedFor_isInBeforeTheFirstQuery() throws Exception {
        Files.write(folder.resolve("ads.txt"), numbered("old", 300_000));
        String waiting = config("ads.txt").replace("\"ads.txt\"", "{ \"source\": \"ads.txt\", \"wait\": true }");
        try (RunningSentry sentry = RunningSentry.start(folder, waiting);
                DnsClient client = new DnsClient(sentry.port(), Duration.ofSeconds(5))) {
            assertEquals(Rcode.NXDOMAIN, rcode(client, "old299999.test"));
        }
    }

    private static List<String> numbered(String prefix, int count) {
        return Stream.concat(Stream.of("always.test"), IntStream.range(0, count).mapToObj(i -> prefix + i + ".test"))
                .toList();
    }

    @Test
    void addressThatIsDownAtTheNextStart_servesItsLastGoodCopy() throws Exception {
        AtomicReference<String> body = new AtomicReference<>("||ads.test^\n@@||good.ads.test^\n");
        HttpServer web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/ads.txt", exchange -> {
            byte[] bytes = body.get().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        web.start();
        String config = config("http://127.0.0.1:" + web.getAddress().getPort() + "/ads.txt");
        try (RunningSentry sentry = RunningSentry.start(folder, config);
                DnsClient client = new DnsClient(sentry.port(), Duration.ofSeconds(2))) {
            awaitRcode(client, "x.ads.test", Rcode.NXDOMAIN);
            assertEquals(Rcode.NOERROR, rcode(client, "good.ads.test"));
        } finally {
            web.stop(0);
        }
        try (RunningSentry sentry = RunningSentry.start(folder, config);
                DnsClient client = new DnsClient(sentry.port(), Duration.ofSeconds(2))) {
            awaitRcode(client, "x.ads.test", Rcode.NXDOMAIN);
            sentry.awaitLog("list ads");
        }
    }

    @Test
    void check_showsUnreadableLinesAndUnreachableRules() throws Exception {
        Files.writeString(folder.resolve("ads.txt"), "0.0.0.0 ads.test\nno name at all!\nexample.com##.banner\n");
        Path file = Files.writeString(
                folder.resolve("check.json"),
                config("ads.txt").replace("\"answer", "\"block ^(.*)\",\n    \"block never\",\n    \"answer"));
        Tool.Ran ran = RunningSentry.run(folder, "check", "-c", file.toString());

        assertEquals(0, ran.exit(), ran::text);
        for (String shown : List.of(
                "list ads: 1 names, 0 exceptions, 0 patterns; lines: 0 duplicates, 1 not for DNS, 1 unreadable",
                "list ads: line 2 'no name at all!'",
                "warning: never reached: 'block ^(.*)'",
                "4 rules, no mistakes")) {
            assertTrue(ran.text().contains(shown), () -> shown + " is missing in " + ran.text());
        }
    }

    @Test
    void unknownList_isAMistakeThatNamesTheNearest() throws Exception {
        Files.writeString(folder.resolve("ads.txt"), "ads.test\n");
        Path file =
                Files.writeString(folder.resolve("bad.json"), config("ads.txt").replace("block @ads", "block @adz"));
        Tool.Ran ran = RunningSentry.run(folder, "check", "-c", file.toString());

        assertEquals(2, ran.exit(), ran::text);
        assertTrue(ran.text().contains("there is no list 'adz': did you mean 'ads'?"), ran::text);
    }
}

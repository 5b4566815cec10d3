package org.sentrydns.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a browser, while queries come in. Leaves pictures in target/pictures, for people. */
final class PageIT {
    private static final Path PICTURES = Path.of("target/pictures");
    private static final List<String> NAMES =
            List.of("www%d.plain.test", "ads%d.shop.test", "cdn%d.plain.test", "x%d.old.test", "go.%d.test");
    private static final String EVIL = "<img/src=x/onerror=alert(1)>";

    @TempDir
    static Path folder;

    private static Nsd nsd;
    private static RunningSentry sentry;
    private static String page;
    private static Daemon load;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        nsd = Nsd.start(folder, "*. IN A 192.0.2.1\n");
        Files.writeString(folder.resolve("ads.txt"), "ads.example.com\n");
        int port = Ports.free();
        sentry = RunningSentry.start(
                folder,
                RunningSentry.config(
                                "block ^ads[0-9]*\\. with null",
                                "block @ads with nxdomain",
                                "answer ^printer\\.home$ with A 192.168.1.9",
                                "rewrite ^(.*)\\.old\\.test$ to $1.plain.test",
                                "redirect ^go\\. to www.plain.test",
                                "resolve \\.never\\.test$ using " + nsd.upstream(),
                                "resolve ^(.*) using " + nsd.upstream() + ", " + nsd.secondUpstream())
                        .replace(
                                "\"rules\"",
                                "\"admin\": { \"port\": " + port
                                        + " },\n  \"lists\": { \"ads\": \"ads.txt\" },\n  \"rules\""));
        sentry.awaitLog("the page is at");
        page = "http://127.0.0.1:" + port + "/";
        load = new Daemon(
                folder, folder.resolve("load.log"), Dnsperf.command(sentry.port(), names(), 1_000, "-l", "120"));
        browser = new Browser(folder);
        browser.looks(1300, 900, false);
        browser.open(page);
    }

    private static Path names() throws Exception {
        Random random = new Random(5);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            String name = NAMES.get(i % NAMES.size()).formatted((int) Math.pow(random.nextInt(1, 20), 2));
            lines.add(name + " " + List.of("A", "A", "AAAA", "HTTPS").get(random.nextInt(4)));
        }
        return Files.write(folder.resolve("names"), lines);
    }

    @AfterAll
    static void stop() {
        browser.close();
        load.close();
        sentry.close();
        nsd.close();
    }

    @AfterEach
    void page_hasNoErrorsAndStaysOnThisHost() throws Exception {
        assertEquals(List.of(), browser.console());
        List<String> requested = browser.requested();
        assertFalse(requested.isEmpty());
        assertEquals(
                List.of(),
                requested.stream().filter(url -> !url.startsWith(page)).toList());
    }

    private static ConditionFactory eventually(String what) {
        return await(what).atMost(Duration.ofSeconds(20));
    }

    private static String hits(int rule) throws Exception {
        return browser.text("#rules tr:nth-child(" + rule + ") td:nth-child(3)");
    }

    @Test
    void figures_moveWhileQueriesComeIn() throws Exception {
        eventually("queries show").until(() -> !hits(1).isEmpty() && !hits(1).equals("0"));
        String hits = hits(1);
        String total = browser.text("#now-total");
        eventually("hits move").until(() -> !hits(1).equals(hits));
        eventually("the total moves").until(() -> !browser.text("#now-total").equals(total));
        eventually("the rate is a number").until(() -> browser.text("#now-rate").matches("[0-9,]{3,}"));
        eventually("the chart is there")
                .until(() -> browser.run("return document.querySelectorAll('canvas').length")
                                .asInt()
                        == 2);
        assertTrue(browser.text("#blocked").contains(".shop.test"), browser.text("#blocked"));
        assertTrue(browser.text("#clients").contains("127.0.0.1"));
        assertTrue(browser.text("#upstreams").contains(nsd.upstream()));
        assertTrue(browser.text("#rules tr:nth-child(6)").contains("never used"));
        browser.run("scrollTo(0, 0)");
        browser.picture(PICTURES.resolve("light.png"));
        browser.looks(1300, 900, true);
        eventually("the page is dark")
                .until(() -> browser.run("return getComputedStyle(document.body).backgroundColor")
                        .asText()
                        .equals("rgb(15, 20, 27)"));
        browser.picture(PICTURES.resolve("dark.png"));
        browser.looks(390, 844, false);
        eventually("nothing is wider than a phone")
                .until(() -> browser.run("return document.documentElement.scrollWidth")
                                .asInt()
                        <= 390);
        browser.picture(PICTURES.resolve("phone.png"));
        browser.looks(1300, 900, false);
    }

    @Test
    void explain_saysWhichRuleDecides() throws Exception {
        browser.run("document.getElementById('explain-name').value = ''");
        browser.type("#explain-name", "ads7.shop.test\n");

        eventually("explained").until(() -> browser.text("#explain-result").contains("block ^ads"));
    }

    @Test
    void explain_ofSomethingEvil_showsItAsText() throws Exception {
        browser.run("document.getElementById('explain-name').value = ''");
        browser.type("#explain-name", EVIL + "\n");

        eventually("it shows").until(() -> browser.text("#explain-result").contains("<img"));
        assertEquals(
                0,
                browser.run("return document.querySelectorAll('#explain-result img').length")
                        .asInt());
    }

    @Test
    void rule_pausesAndResumes() throws Exception {
        String button = "#rules tr:nth-child(1) button";
        eventually("the rules are there").until(() -> browser.text(button).equals("Pause"));
        browser.click(button);
        eventually("it is paused")
                .until(() -> browser.text("#rules tr:nth-child(1)").contains("paused for"));
        eventually("it is passed over")
                .until(() -> browser.text("#rules tr:nth-child(1)").contains("passed over"));
        try (DnsClient client = new DnsClient(sentry.port(), Duration.ofSeconds(5))) {
            String answer = client.ask("ads1.shop.test").orElseThrow().toString();
            assertTrue(answer.contains("192.0.2.1"), answer);
            browser.click(button);
            eventually("it goes on").until(() -> browser.text(button).equals("Pause"));
            assertTrue(client.ask("ads1.shop.test").orElseThrow().toString().contains("0.0.0.0"));
        }
    }

    @Test
    void blocking_pausesAndResumes() throws Exception {
        browser.click("#pause-blocking");
        eventually("it says so").until(() -> browser.text("#state").contains("blocking is paused"));
        browser.click("#pause-blocking");
        eventually("it goes on").until(() -> browser.text("#state").contains("running"));
    }

    @Test
    void liveTail_showsWhatTheFilterLetsThrough() throws Exception {
        eventually("queries go by")
                .until(() -> browser.run("return document.querySelectorAll('#live tr').length")
                                .asInt()
                        > 20);
        browser.type("#live-name", "ads");
        browser.type("#live-type", "AAAA\n");
        eventually("the filter works")
                .until(() -> browser.run("return document.querySelectorAll('#live tr').length")
                                .asInt()
                        > 20);
        assertEquals(
                0,
                browser.run("return [...document.querySelectorAll('#live tr')].filter(r =>"
                                + " !r.cells[2].innerText.startsWith('ads') || r.cells[3].innerText !== 'AAAA').length")
                        .asInt());
        browser.run("document.getElementById('live-filter').reset()");
        browser.click("#live-filter button");
    }

    @Test
    void keyboard_reachesAllThatCanBePressed() throws Exception {
        assertEquals(
                0,
                browser.run(
                                "return [...document.querySelectorAll('button, input, select, a')].filter(e =>"
                                        + " e.offsetParent && (e.tabIndex < 0 || !(e.innerText || e.ariaLabel || e.labels?.length))).length")
                        .asInt());
    }
}

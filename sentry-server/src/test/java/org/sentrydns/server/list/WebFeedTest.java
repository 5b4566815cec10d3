package org.sentrydns.server.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sentrydns.server.log.LogLines;

/** Lists from a web server of this machine. */
final class WebFeedTest {
    private static final int MEGABYTE = 1 << 20;

    @TempDir
    Path folder;

    private final HeldTime time = new HeldTime();
    private final LogLines log = new LogLines("sentry.lists");
    private final ListServer server = new ListServer();

    WebFeedTest() throws IOException {}

    @AfterEach
    void stop() {
        server.close();
        log.close();
    }

    private Lists lists() {
        return TestLists.lists(time, Optional.of(folder), TestLists.web(server.address()));
    }

    /** The failure of one loading. */
    private String failure() throws InterruptedException {
        return failure(TestLists.lists(time, Optional.of(folder), TestLists.web(server.address())));
    }

    private static String failure(Lists lists) throws InterruptedException {
        assertEquals(-1, TestLists.names(lists));
        return assertInstanceOf(ListResult.Failed.class, lists.loadNow().getFirst())
                .failure();
    }

    private int names() throws InterruptedException {
        Lists lists = lists();
        assertInstanceOf(ListResult.Read.class, lists.loadNow().getFirst());
        return TestLists.names(lists);
    }

    @Test
    void download_asksForGzipAndSaysWhoAsks() throws Exception {
        server.answers(200, "a\nb\n");
        assertEquals(2, names());
        assertEquals("gzip", server.header("Accept-Encoding"));
        assertTrue(Objects.requireNonNull(server.header("User-Agent")).startsWith("Sentry"));
        assertNull(server.header("If-None-Match"));
        assertNull(server.header("Upgrade"));
    }

    @Test
    void download_labelledAsGzip_isUnpacked() throws Exception {
        server.answers(exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            ListServer.send(exchange, 200, ListServer.gzip(ListServer.bytes("a\nb\nc\n")));
        });
        assertEquals(3, names());
    }

    @Test
    void download_ofAGzipFile_isUnpackedAlsoTwice() throws Exception {
        byte[] once = ListServer.gzip(ListServer.bytes("a\nb\nc\n"));
        server.answers(exchange -> ListServer.send(exchange, 200, once));
        assertEquals(3, names());
        server.answers(exchange -> ListServer.send(exchange, 200, ListServer.gzip(once)));
        assertEquals(3, names());
    }

    @Test
    void download_inAnotherEncoding_isRefused() throws Exception {
        server.answers(exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", "br");
            ListServer.send(exchange, 200, ListServer.bytes("a\n"));
        });
        assertEquals("it is encoded as 'br', though gzip was asked for", failure());
    }

    @Test
    void redirect_isFollowedWithTheValidators() throws Exception {
        server.answers(exchange -> {
            if (exchange.getRequestURI().getPath().equals("/ads.txt")) {
                exchange.getResponseHeaders().set("Location", "/other.txt");
                ListServer.send(exchange, 302, new byte[0]);
            } else {
                exchange.getResponseHeaders().set("ETag", "\"v1\"");
                ListServer.send(exchange, 200, ListServer.bytes("a\n"));
            }
        });
        try (Lists lists = lists()) {
            lists.start();
            time.untilPause();
            assertEquals(1, TestLists.names(lists));
            time.pass();
            assertEquals(4, server.requests());
            assertEquals("\"v1\"", server.header("If-None-Match"));
        }
    }

    /** Else it would be for a whole day, on a machine that has not been up for longer. */
    @Test
    void takeOver_ofWhatIsInFromACopyOnly_isLoadedAtOnce() throws Exception {
        server.answers(200, "a\n");
        try (Lists first = lists()) {
            first.start();
            time.untilPause();
        }
        server.answers(500, "");
        HeldTime young = new HeldTime(Duration.ofMinutes(10).toNanos());
        try (Lists earlier = TestLists.lists(young, Optional.of(folder), TestLists.web(server.address()))) {
            earlier.start();
            young.untilPause();
            assertEquals(1, TestLists.names(earlier));
            HeldTime later = new HeldTime(Duration.ofMinutes(11).toNanos());
            try (Lists next = TestLists.lists(later, Optional.of(folder), TestLists.web(server.address()))) {
                next.takeOver(earlier);
                int before = server.requests();
                next.start();
                later.untilPause();
                assertEquals(before + 1, server.requests());
            }
        }
    }

    @Test
    void redirect_inACircle_isAFailure() throws Exception {
        server.answers(exchange -> {
            exchange.getResponseHeaders().set("Location", "/ads.txt");
            ListServer.send(exchange, 302, new byte[0]);
        });
        assertTrue(failure().startsWith("it answers 302, to /ads.txt, which is one redirect too many"), failure());
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304, 403, 404, 500, 503})
    void status_otherThan200_isAFailureThatNamesIt(int status) throws Exception {
        server.answers(status, status == 204 || status == 304 ? "" : "sorry");
        assertEquals("it answers " + status, failure());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE html><title>Log in",
                "\uFEFF\r\n <HTML lang=en>\nads.test",
                "<!doctype HTML>\na.test\n"
            })
    void page_insteadOfAList_isAFailure(String page) throws Exception {
        server.answers(200, page);
        assertEquals("it is a web page, no list", failure());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \r\n\r\n"})
    void emptyBody_isAFailure(String body) throws Exception {
        server.answers(200, body);
        assertEquals("it is empty", failure());
    }

    @Test
    void body_thatIsTooLarge_isAFailure() throws Exception {
        server.answers(exchange -> ListServer.send(exchange, 200, new byte[MEGABYTE + 1]));
        assertEquals("it is larger than max_megabytes allows (1 MB)", failure());
    }

    @Test
    void bomb_isAFailure() throws Exception {
        byte[] once = ListServer.gzip(ListServer.bytes("\n".repeat(100 * MEGABYTE)));
        server.answers(exchange -> ListServer.send(exchange, 200, once));
        assertEquals("it is larger than max_megabytes allows (1 MB)", failure());
        server.answers(exchange -> ListServer.send(exchange, 200, ListServer.gzip(once)));
        assertEquals("it is larger than max_megabytes allows (1 MB)", failure());
    }

    @Test
    void body_thatIsCut_isAFailure() throws Exception {
        server.answers(exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('a');
            exchange.getResponseBody().flush();
            throw new IOException("the server gives up");
        });
        assertTrue(failure().contains("100"), failure());
    }

    @Test
    void server_thatDrips_isEndedByTheTimeLimit() throws Exception {
        server.answers(server::drip);
        Lists lists =
                TestLists.lists(time, Optional.of(folder), TestLists.web(server.address(), Duration.ofMillis(300)));
        assertEquals("it is not complete within its timeout of 300 ms", failure(lists));
    }

    @Test
    void server_thatIsNotThere_isAFailure() throws Exception {
        server.close();
        assertEquals("no connection to it", failure());
    }

    @Test
    void hostName_thatNobodyKnows_isAFailure() throws Exception {
        Lists lists =
                TestLists.lists(time, Optional.of(folder), TestLists.web(URI.create("http://nobody.invalid/ads.txt")));
        assertEquals("its host name cannot be resolved", failure(lists));
    }

    @Test
    void unchangedList_isAskedForWithItsValidatorsAndNotReadAgain() throws Exception {
        server.answers(exchange -> {
            exchange.getResponseHeaders().set("ETag", "\"v1\"");
            exchange.getResponseHeaders().set("Last-Modified", "Mon, 23 Nov 2026 12:00:00 GMT");
            boolean known = "\"v1\"".equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
            ListServer.send(exchange, known ? 304 : 200, known ? new byte[0] : ListServer.bytes("a\n"));
        });
        try (Lists lists = lists()) {
            lists.start();
            assertEquals(Duration.ofHours(24), time.untilPause());
            Optional<ListReport> report = TestLists.ads(lists).report();
            log.take();
            assertEquals(Duration.ofHours(24), time.pass());
            assertEquals("\"v1\"", server.header("If-None-Match"));
            assertEquals("Mon, 23 Nov 2026 12:00:00 GMT", server.header("If-Modified-Since"));
            assertEquals(report, TestLists.ads(lists).report());
            assertTrue(log.take().stream().noneMatch(line -> !line.startsWith("DEBUG")));
        }
    }

    @Test
    void refresh_isSpreadByATenth() throws Exception {
        server.answers(200, "a\n");
        try (Lists lists = lists()) {
            time.random(0);
            lists.start();
            assertEquals(Duration.ofMinutes(1296), time.untilPause());
            time.random(1);
            assertEquals(Duration.ofMinutes(1584), time.pass());
        }
    }

    @Test
    void failures_areTriedAgainAtGrowingIntervalsWhileTheListGoesOnServing() throws Exception {
        server.answers(200, "a\n");
        try (Lists lists = lists()) {
            lists.start();
            time.untilPause();
            server.answers(500, "sorry");
            log.take();
            for (int minutes : List.of(1, 2, 4, 8, 16, 32, 60, 60)) {
                assertEquals(Duration.ofMinutes(minutes), time.pass());
            }
            assertEquals(1, TestLists.names(lists));
            assertEquals(
                    "WARN list ads: " + server.address() + " cannot be used: it answers 500; what is loaded goes on "
                            + "serving; tried again in 1 min",
                    log.take().getFirst());
            assertEquals(Optional.of("it answers 500"), TestLists.failure(lists));
            server.answers(200, "a\nb\n");
            assertEquals(Duration.ofHours(24), time.pass());
            assertEquals(Optional.empty(), TestLists.failure(lists));
            assertEquals(2, TestLists.names(lists));
            server.answers(500, "sorry");
            assertEquals(Duration.ofMinutes(1), time.pass());
        }
    }

    @Test
    void check_writesNothing() throws Exception {
        server.answers(200, "a\n");
        assertEquals(1, names());
        try (var files = Files.list(folder)) {
            assertEquals(List.of(), files.toList());
        }
    }
}

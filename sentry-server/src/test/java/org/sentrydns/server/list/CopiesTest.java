package org.sentrydns.server.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sentrydns.server.log.LogLines;

/** The last good copies: a server has run once and has kept what it downloaded. */
final class CopiesTest {
    @TempDir
    Path parent;

    private final HeldTime time = new HeldTime();
    private final LogLines log = new LogLines("sentry.lists");
    private final ListServer server = new ListServer();
    private Path folder = Path.of("");

    CopiesTest() throws IOException {}

    @BeforeEach
    void runOnce() throws Exception {
        folder = parent.resolve("state").resolve("lists");
        server.answers(exchange -> {
            exchange.getResponseHeaders().set("ETag", "\"v1\"");
            ListServer.send(exchange, 200, ListServer.bytes("a\nb\n"));
        });
        run(Optional.of(folder), 2);
        log.take();
    }

    @AfterEach
    void stop() {
        server.close();
        log.close();
    }

    /** Starts, waits until all is done that is due, and stops. */
    private void run(Optional<Path> copies, int names) throws InterruptedException {
        HeldTime own = new HeldTime();
        try (Lists lists = TestLists.lists(own, copies, TestLists.web(server.address()))) {
            lists.start();
            own.untilPause();
            assertEquals(names, TestLists.names(lists));
        }
    }

    private Path only(String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found =
                    files.filter(file -> file.toString().endsWith(ending)).toList();
            assertEquals(1, found.size(), found.toString());
            return found.getFirst();
        }
    }

    @Test
    void start_whileTheSourceIsDown_servesTheCopy() throws Exception {
        server.answers(503, "sorry");
        run(Optional.of(folder), 2);
        List<String> lines = log.take();
        assertEquals(
                "INFO list ads: 2 names, 0 exceptions, 0 patterns from the copy of " + server.address()
                        + ", fetched 2026-11-23T12:00:00Z in 0.0 s",
                lines.get(2));
        assertTrue(lines.get(3).contains("it answers 503; what is loaded goes on serving"), lines.get(3));
    }

    @Test
    void start_asksWithTheValidatorsOfTheCopy() throws Exception {
        server.answers(304, "");
        run(Optional.of(folder), 2);
        assertEquals("\"v1\"", server.header("If-None-Match"));
    }

    @Test
    void newList_replacesTheCopy() throws Exception {
        server.answers(200, "a\nb\nc\n");
        run(Optional.of(folder), 3);
        assertEquals("a\nb\nc\n", Files.readString(only(".list")));
        server.answers(503, "sorry");
        run(Optional.of(folder), 3);
        assertNull(server.header("If-None-Match"), "the new list came without");
    }

    @Test
    void badDownload_leavesTheCopy() throws Exception {
        server.answers(200, "<html>");
        run(Optional.of(folder), 2);
        assertEquals("a\nb\n", Files.readString(only(".list")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\\u00zz",
                "\u0000\u0001",
                "size=4\nfetched=2026-11-23T12:00:00Z",
                "address=http://other.test/\nsize=4\nfetched=2026-11-23T12:00:00Z\netag=x"
            })
    void sidecar_thatIsDamaged_leavesTheCopyButNotItsValidators(String content) throws Exception {
        Files.writeString(only(".properties"), content);
        server.answers(503, "sorry");
        run(Optional.of(folder), 2);
        assertNull(server.header("If-None-Match"));
    }

    @Test
    void validators_thatCannotBeSent_areLeftOut() throws Exception {
        Path sidecar = only(".properties");
        Files.writeString(sidecar, Files.readString(sidecar).replaceAll("etag=.*", "etag=a\\\\nHost\\\\: evil"));
        server.answers(503, "sorry");
        run(Optional.of(folder), 2);
        assertNull(server.header("If-None-Match"));
    }

    @Test
    void copy_thatIsCut_isAskedForAsAWhole() throws Exception {
        Files.writeString(only(".list"), "a\n");
        server.answers(503, "sorry");
        run(Optional.of(folder), 1);
        assertNull(server.header("If-None-Match"));
    }

    @Test
    void copy_thatIsNoList_isNotUsed() throws Exception {
        Files.writeString(only(".list"), "");
        server.answers(503, "sorry");
        run(Optional.of(folder), -1);
        assertTrue(log.take().contains("WARN list ads: its copy on disk cannot be used: it is empty"));
    }

    @Test
    void check_whileTheSourceIsDown_saysThatItReadTheCopy() throws Exception {
        server.answers(503, "sorry");
        Lists lists = TestLists.lists(time, Optional.of(folder), TestLists.web(server.address()));
        ListResult.FromCopy result =
                assertInstanceOf(ListResult.FromCopy.class, lists.loadNow().getFirst());
        assertEquals("it answers 503", result.failure());
        assertEquals(2, result.report().names());
    }

    @Test
    void check_ofAnUnchangedList_readsTheCopy() throws Exception {
        server.answers(304, "");
        Lists lists = TestLists.lists(time, Optional.of(folder), TestLists.web(server.address()));
        ListResult.Read result =
                assertInstanceOf(ListResult.Read.class, lists.loadNow().getFirst());
        assertEquals(2, result.report().names());
    }

    @Test
    void anotherAddress_doesNotUseTheCopy() throws Exception {
        server.answers(503, "sorry");
        Lists lists = TestLists.lists(
                time, Optional.of(folder), TestLists.web(server.address().resolve("/other.txt")));
        assertInstanceOf(ListResult.Failed.class, lists.loadNow().getFirst());
    }

    @Test
    void folder_thatCannotBeMade_isSaidOnceAndDoneWithout() throws Exception {
        Path file = Files.writeString(parent.resolve("file"), "");
        HeldTime own = new HeldTime();
        try (Lists lists = TestLists.lists(own, Optional.of(file.resolve("lists")), TestLists.web(server.address()))) {
            lists.start();
            own.untilPause();
            assertEquals(Duration.ofHours(24), own.pass());
            assertEquals(2, TestLists.names(lists));
        }
        List<String> warnings =
                log.take().stream().filter(line -> line.startsWith("WARN")).toList();
        assertEquals(1, warnings.size(), warnings.toString());
        assertTrue(warnings.getFirst().startsWith("WARN copies of lists cannot be kept in " + file + "/lists: "));
    }

    @Test
    void withoutAFolder_listsAreDownloadedAllTheSame() throws Exception {
        run(Optional.empty(), 2);
        assertTrue(log.take().stream().noneMatch(line -> line.startsWith("WARN")));
    }

    @Test
    void downloads_thatACrashLeft_areSweptAwayButNotYoungOnes() throws Exception {
        Path old = Files.writeString(folder.resolve("ads-1.part"), "a");
        Files.setLastModifiedTime(old, FileTime.from(HeldTime.NOW.minus(Duration.ofHours(3))));
        Path young = Files.writeString(folder.resolve("ads-2.part"), "a");
        Files.setLastModifiedTime(young, FileTime.from(HeldTime.NOW));
        run(Optional.of(folder), 2);
        assertEquals(young, only(".part"));
    }
}

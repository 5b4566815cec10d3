package org.sentrydns.server.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sentrydns.server.log.LogLines;

/** Files, watched. Each pause of the held time is one look. */
final class FileFeedTest {
    @TempDir
    Path folder;

    private final HeldTime time = new HeldTime();
    private final LogLines log = new LogLines("sentry.lists");
    private Path file = Path.of("");
    private Lists lists = TestLists.lists(time, Optional.empty());

    @BeforeEach
    void start() throws Exception {
        file = Files.writeString(folder.resolve("ads.txt"), "a\nb\n");
        watch(file);
    }

    private void watch(Path path) throws InterruptedException {
        lists.close();
        lists = TestLists.lists(time, Optional.empty(), TestLists.file("ads", path));
        log.take();
        lists.start();
        assertEquals(HeldTime.LOOK, time.untilPause());
    }

    @AfterEach
    void stop() {
        lists.close();
        log.close();
    }

    @Test
    void start_withAFile_saysWhatIsNotInAndThenWhatIs() {
        assertEquals(2, TestLists.names(lists));
        assertEquals(
                List.of(
                        "INFO loading lists: ads",
                        "INFO list ads is not in yet: rules about @ads match nothing until it is",
                        "INFO list ads: 2 names, 0 exceptions, 0 patterns from " + file + " in 0.0 s"),
                log.take());
    }

    @Test
    void change_isReadWhenItHasSettled() throws Exception {
        Files.writeString(file, "a\nb\nc\n");
        time.pass();
        assertEquals(2, TestLists.names(lists), "it may still be written");
        Files.writeString(file, "a\nb\nc\nd\n");
        time.pass();
        assertEquals(2, TestLists.names(lists), "it was still written");
        time.pass();
        assertEquals(4, TestLists.names(lists));
    }

    @Test
    void file_thatStaysAsItIs_isNotReadAgain() throws Exception {
        log.take();
        time.pass();
        time.pass();
        assertEquals(List.of(), log.take());
    }

    @Test
    void change_thatKeepsTheSize_isSeenByItsTime() throws Exception {
        Files.writeString(file, "a\n?\n");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1));
        time.pass();
        time.pass();
        assertEquals(1, TestLists.names(lists));
    }

    @Test
    void anotherFileMovedOver_isSeenThoughTimeAndSizeAreTheSame() throws Exception {
        Path other = Files.writeString(folder.resolve("new.txt"), "?\nb\n");
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
        Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
        time.pass();
        time.pass();
        assertEquals(1, TestLists.names(lists));
    }

    @Test
    void symbolicLink_isFollowedAlsoToAnotherFile() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link.txt"), file);
        watch(link);
        assertEquals(2, TestLists.names(lists));
        Path other = Files.writeString(folder.resolve("new.txt"), "a\nb\nc\n");
        Files.delete(link);
        Files.createSymbolicLink(link, other);
        time.pass();
        time.pass();
        assertEquals(3, TestLists.names(lists));
    }

    @Test
    void vanishedFile_goesOnServingAndIsSaidOnce() throws Exception {
        log.take();
        Path away = Files.move(file, folder.resolve("away"));
        time.pass();
        time.pass();
        assertEquals(2, TestLists.names(lists));
        assertEquals(
                List.of("WARN list ads: " + file + " cannot be used: it does not exist; what is loaded goes on "
                        + "serving; read again when it changes"),
                log.take());
        assertEquals(Optional.of("it does not exist"), TestLists.failure(lists));
        Files.move(away, file);
        time.pass();
        assertEquals(Optional.empty(), TestLists.failure(lists));
        assertEquals(List.of("INFO list ads: " + file + " is back as it was"), log.take());
        Files.delete(file);
        time.pass();
        Files.writeString(file, "c\n");
        time.pass();
        time.pass();
        assertEquals(1, TestLists.names(lists));
    }

    @Test
    void missingFile_isReadWhenItComes() throws Exception {
        Path later = folder.resolve("later.txt");
        watch(later);
        assertFalse(TestLists.ads(lists).isLoaded());
        assertTrue(log.take().getLast().contains("rules about @ads match nothing until it is in"));
        Files.writeString(later, "a\n");
        time.pass();
        assertEquals(1, TestLists.names(lists));
    }

    @Test
    void emptiedFile_doesNotReplaceAGoodList() throws Exception {
        Files.writeString(file, "");
        time.pass();
        time.pass();
        time.pass();
        assertEquals(2, TestLists.names(lists));
        assertEquals(
                1, log.take().stream().filter(l -> l.contains("it is empty")).count());
    }

    @Test
    void fileWithoutAnyReadableLine_doesNotReplaceAGoodList() throws Exception {
        Files.writeString(file, "?\n?\n");
        time.pass();
        time.pass();
        assertEquals(2, TestLists.names(lists));
        assertTrue(log.take().getLast().contains("it is no list: of its 2 lines none can be read"));
    }

    @Test
    void unreadableLines_areCountedAndTheFirstShown() throws Exception {
        Files.writeString(file, "a".repeat(1100) + "\n?1\n?2\u0007\n?3\n?4\nb\nc\nd\n");
        time.pass();
        time.pass();
        assertEquals(
                "WARN list ads: 4 lines cannot be read, such as line 2 '?1': expected a name; "
                        + "line 3 '?2?': expected a name; line 4 '?3': expected a name",
                log.take().getLast());
    }

    @Test
    void failedReading_isTriedAgainAfterAWhileThoughTheFileLooksTheSame() throws Exception {
        Files.writeString(file, "a\n".repeat((1 << 19) + 1));
        time.pass();
        time.pass();
        assertTrue(log.take().getLast().contains("it is larger than max_megabytes allows (1 MB)"));
        for (int look = 0; look < 100; look++) {
            time.pass();
        }
        assertEquals(List.of(), log.take(), "the same complaint is made once");
        assertEquals(2, TestLists.names(lists));
    }

    @Test
    void gzipFile_isReadByItsContent() throws IOException, InterruptedException {
        Files.write(file, ListServer.gzip(ListServer.bytes("a\nb\nc\n")));
        time.pass();
        time.pass();
        assertEquals(3, TestLists.names(lists));
    }

    @Test
    void gzipFileThatIsCut_doesNotReplaceAGoodList() throws Exception {
        byte[] whole = ListServer.gzip(ListServer.bytes("a\nb\nc\n"));
        Files.write(file, Arrays.copyOf(whole, whole.length - 9));
        time.pass();
        time.pass();
        assertEquals(2, TestLists.names(lists));
        assertTrue(log.take().getLast().contains("it ends too early"));
    }

    /** The file is away just when its reading ends, and comes back as it was. */
    @Test
    void fileThatGoesWhileItIsRead_isReadWhenItIsBack() throws Exception {
        Path away = folder.resolve("away");
        AtomicBoolean goes = new AtomicBoolean();
        lists.close();
        lists = new Lists(
                List.of(TestLists.file("ads", file)),
                Optional.empty(),
                in -> {
                    ReadList read = TestLists.read(in);
                    if (goes.getAndSet(false)) {
                        Files.move(file, away);
                    }
                    return read;
                },
                time.surroundings());
        goes.set(true);
        lists.start();
        time.untilPause();
        assertEquals(-1, TestLists.names(lists));
        Files.move(away, file);
        time.pass();
        time.pass();
        assertEquals(2, TestLists.names(lists));
        Files.writeString(file, "a\nb\nc\n");
        goes.set(true);
        time.pass();
        time.pass();
        assertEquals(2, TestLists.names(lists));
        Files.move(away, file);
        time.pass();
        time.pass();
        assertEquals(3, TestLists.names(lists));
    }

    /** The disk failed, was away, and is back. */
    @Test
    void fileWhoseReadingFailed_andThatWasAway_isReadWhenItIsBack() throws Exception {
        AtomicBoolean fails = new AtomicBoolean(true);
        lists.close();
        lists = new Lists(
                List.of(TestLists.file("ads", file)),
                Optional.empty(),
                in -> {
                    if (fails.get()) {
                        throw new IOException("Input/output error");
                    }
                    return TestLists.read(in);
                },
                time.surroundings());
        lists.start();
        time.untilPause();
        Path away = Files.move(file, folder.resolve("away"));
        time.pass();
        fails.set(false);
        Files.move(away, file);
        time.pass();
        time.pass();
        assertEquals(2, TestLists.names(lists));
    }
}

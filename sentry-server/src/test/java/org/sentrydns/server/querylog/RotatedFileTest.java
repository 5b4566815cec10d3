package org.sentrydns.server.querylog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sentrydns.server.log.LogLines;

/** When the file of a query log is put aside, and what happens where somebody else does that. */
final class RotatedFileTest {
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    Path folder;

    private final SetClock clock = new SetClock();

    private Path file(String name) {
        return folder.resolve(name);
    }

    @Test
    void file_thatIsLarge_isPutAsideAndTheOldestGoes() throws IOException {
        LogWriter log = writer(new RotatedFile(file("log"), 10, DAY, 2, clock));
        add(log, "first\n", "second\n", "third\n", "fourth\n");
        log.end();

        assertEquals("fourth\n", Files.readString(file("log")));
        assertEquals("third\n", Files.readString(file("log.1")));
        assertEquals("second\n", Files.readString(file("log.2")));
        assertFalse(Files.exists(file("log.3")));
    }

    @Test
    void file_thatIsOld_isPutAside() throws IOException {
        LogWriter log = writer(new RotatedFile(file("log"), 1000, DAY, 2, clock));
        add(log, "old\n");
        clock.pass(DAY);
        add(log, "new\n");
        log.end();

        assertEquals("new\n", Files.readString(file("log")));
        assertEquals("old\n", Files.readString(file("log.1")));
    }

    @Test
    void file_thatIsThereAlready_goesOn() throws IOException {
        Files.writeString(file("log"), "before\n");
        LogWriter log = writer(new RotatedFile(file("log"), 1000, Duration.ofDays(36500), 2, clock));
        add(log, "after\n");
        log.end();

        assertEquals("before\nafter\n", Files.readString(file("log")));
    }

    @Test
    void file_thatSomebodyElseMovedAway_isMadeAnew() throws IOException {
        LogWriter log = writer(new RotatedFile(file("log"), 10, DAY, 0, clock));
        add(log, "first\n");
        log.idle();
        Files.move(file("log"), file("moved"));
        add(log, "second\n");
        log.end();

        assertEquals("first\n", Files.readString(file("moved")));
        assertEquals("second\n", Files.readString(file("log")));
    }

    /** As logrotate does, which tells nobody. */
    @Test
    void file_thatIsMovedAwayWhileItIsSmall_isMadeAnewAfterASecond() throws IOException {
        LogWriter log = writer(new RotatedFile(file("log"), 1000, DAY, 0, clock));
        add(log, "first\n");
        log.idle();
        Files.move(file("log"), file("moved"));
        add(log, "late\n");
        log.idle();
        clock.pass(Duration.ofSeconds(1));
        add(log, "second\n");
        log.end();

        assertEquals("first\nlate\n", Files.readString(file("moved")));
        assertEquals("second\n", Files.readString(file("log")));
        assertEquals(0, log.failed());
    }

    @Test
    void file_thatIsGoneWithItsFolder_goesOnWhereItIsAndSaysSoOnce() throws IOException {
        Path inside = Files.createDirectory(file("folder")).resolve("log");
        LogWriter log = writer(new RotatedFile(inside, 1000, DAY, 0, clock));
        Files.move(file("folder"), file("moved"));
        try (LogLines said = new LogLines("sentry.core")) {
            for (int i = 0; i < 3; i++) {
                clock.pass(Duration.ofSeconds(1));
                add(log, "line\n");
                log.idle();
            }
            assertEquals(
                    List.of("ERROR the query log " + inside + " is gone and cannot be made anew, it goes on where it is"
                            + " now: java.nio.file.NoSuchFileException: " + inside),
                    said.take());
        }
        log.end();

        assertEquals("line\nline\nline\n", Files.readString(file("moved").resolve("log")));
        assertEquals(0, log.failed());
    }

    @Test
    void link_staysAndWhatItLeadsToIsPutAside() throws IOException {
        Path disk = Files.createDirectory(file("disk"));
        Files.createSymbolicLink(file("log"), disk.resolve("real"));
        LogWriter log = writer(new RotatedFile(file("log"), 10, DAY, 1, clock));
        add(log, "first\n", "second\n");
        log.end();

        assertTrue(Files.isSymbolicLink(file("log")));
        assertEquals("second\n", Files.readString(disk.resolve("real")));
        assertEquals("first\n", Files.readString(disk.resolve("real.1")));
    }

    @Test
    void device_isNeverPutAside() throws IOException {
        RotatedFile device = new RotatedFile(Path.of("/dev/null"), 10, DAY, 1, clock);
        device.write(new byte[100]);
        clock.pass(DAY.multipliedBy(2));

        assertFalse(device.isFull(100, 100));
        device.close();
    }

    /** As logrotate's copytruncate does: what was written before counts no more. */
    @Test
    void file_thatIsEmptied_goesOnFromItsStart() throws IOException {
        LogWriter log = writer(new RotatedFile(file("log"), 20, DAY, 1, clock));
        add(log, "0123456789abcdef\n");
        log.idle();
        Files.writeString(file("log"), "");
        add(log, "a\n");
        log.idle();
        add(log, "0123456789\n");
        log.end();

        assertEquals("a\n0123456789\n", Files.readString(file("log")));
        assertFalse(Files.exists(file("log.1")));
    }

    /** As when there are no more descriptors: a log of a day must not push the others out with each query. */
    @Test
    void file_thatCannotBeMadeAnew_costsNoneOfThosePutAside() throws IOException {
        LogWriter log = writer(new RotatedFile(file("log"), 10, DAY, 3, clock));
        add(log, "a line to put aside\n");
        log.idle();
        Files.writeString(file("log.1"), "older\n");
        Files.delete(file("log"));
        Files.createSymbolicLink(file("log"), file("no folder").resolve("log"));
        for (int i = 0; i < 5; i++) {
            add(log, "another\n");
            log.idle();
        }
        assertEquals(5, log.failed());
        assertEquals("older\n", Files.readString(file("log.1")));
    }

    @Test
    void file_thatCannotBePutAside_goesOn() throws IOException {
        LogWriter log = writer(new RotatedFile(file("log"), 10, DAY, 1, clock));
        add(log, "first\n");
        Files.createDirectories(file("log.1").resolve("in the way"));
        add(log, "second\n");
        log.end();

        assertEquals("first\nsecond\n", Files.readString(file("log")));
        assertEquals(0, log.failed());
    }

    /** Each try is a line in the log. */
    @Test
    void file_thatCannotBePutAside_isTriedAgainWhenItHasGrownAsMuchOnceMore() throws IOException {
        RotatedFile file = new RotatedFile(file("log"), 10, DAY, 1, clock);
        Files.createDirectories(file("log.1").resolve("in the way"));
        int tries = 0;
        for (int i = 0; i < 30; i++) {
            if (file.isFull(0, 2)) {
                tries++;
                assertThrows(IOException.class, file::renew);
            }
            file.write(new byte[] {'a', '\n'});
        }
        file.close();
        assertEquals(5, tries);
    }

    @Test
    void pipe_isWrittenTo() throws Exception {
        Path pipe = file("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        Process reader = new ProcessBuilder("cat", pipe.toString()).start();
        LogWriter log = writer(new RotatedFile(Files.createSymbolicLink(file("log"), pipe), 10, DAY, 1, clock));
        add(log, "first\n", "second\n");
        log.end();
        assertEquals("first\nsecond\n", new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        assertFalse(Files.exists(file("log.1")));
    }

    private static LogWriter writer(LogTarget target) {
        return new LogWriter(target, new JsonLine(false));
    }

    private static void add(LogWriter log, String... lines) {
        for (String line : lines) {
            log.add(line.getBytes(StandardCharsets.UTF_8));
        }
    }
}

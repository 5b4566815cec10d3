package org.sentrydns.server.list;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sentrydns.server.config.ListSource;
import org.sentrydns.server.log.LogLines;

final class ListsTest {
    @TempDir
    Path folder;

    private final HeldTime time = new HeldTime();
    private final AtomicBoolean overflow = new AtomicBoolean(true);

    /** Reads when there is a permit. */
    private static Reading after(Semaphore readings) {
        return in -> {
            readings.acquireUninterruptibly();
            return TestLists.read(in);
        };
    }

    @Test
    void start_returnsBeforeAnythingIsRead_andTheOldListServesUntilTheNewOneIsRead() throws Exception {
        Path file = Files.writeString(folder.resolve("ads.txt"), "a\n");
        Semaphore readings = new Semaphore(0);
        try (Lists lists = new Lists(
                List.of(TestLists.file("ads", file)), Optional.empty(), after(readings), time.surroundings())) {
            lists.start();
            DomainList ads = TestLists.ads(lists);
            assertFalse(ads.isLoaded());
            assertSame(DomainSet.EMPTY, ads.set());
            readings.release();
            time.untilPause();
            assertEquals(1, TestLists.names(lists));
            Files.writeString(file, "a\nb\n");
            time.pass();
            readings.release();
            assertEquals(1, TestLists.names(lists));
            time.pass();
            assertEquals(2, TestLists.names(lists));
            assertSame(ads, TestLists.ads(lists), "rules keep the same object");
        }
    }

    @Test
    void awaitFirstLoading_endsWhenEachListIsReadOrHasFailed_orTimeIsOver() throws Exception {
        Path file = Files.writeString(folder.resolve("ads.txt"), "a\n");
        Semaphore readings = new Semaphore(0);
        List<ListSource> sources =
                List.of(TestLists.file("gone", folder.resolve("gone.txt")), TestLists.file("ads", file));
        try (Lists lists = new Lists(sources, Optional.empty(), after(readings), time.surroundings())) {
            lists.start();
            lists.awaitFirstLoading(Duration.ofMillis(1));
            assertFalse(TestLists.ads(lists).isLoaded());
            readings.release(2);
            lists.awaitFirstLoading(Duration.ofMinutes(1));
            assertTrue(TestLists.ads(lists).isLoaded());
        }
        try (Lists none = TestLists.lists(time, Optional.empty())) {
            none.start();
            none.awaitFirstLoading(Duration.ofMinutes(1));
        }
    }

    @Test
    void start_withSeveralLists_loadsThemInOrder() throws Exception {
        Path file = Files.writeString(folder.resolve("ads.txt"), "a\n");
        try (LogLines log = new LogLines("sentry.lists");
                Lists lists =
                        TestLists.lists(time, Optional.empty(), TestLists.file("z", file), TestLists.file("b", file))) {
            assertEquals(List.of("z", "b"), List.copyOf(lists.all().keySet()));
            lists.start();
            time.untilPause();
            List<String> lines = log.take();
            assertTrue(lines.get(3).startsWith("INFO list z: 1 names"), lines.toString());
            assertTrue(lines.get(4).startsWith("INFO list b: 1 names"), lines.toString());
        }
    }

    @Test
    void start_twice_isRefused() {
        try (Lists lists = TestLists.lists(time, Optional.empty())) {
            lists.start();
            assertThrows(IllegalStateException.class, lists::start);
        }
    }

    @Test
    void reading_thatThrowsUnexpectedly_endsNothing() throws Exception {
        Path file = Files.writeString(folder.resolve("ads.txt"), "a\n");
        Reading broken = new Reading() {
            private boolean again;

            @Override
            public ReadList read(InputStream in) throws IOException {
                if (!again) {
                    again = true;
                    throw new IllegalStateException("a bug");
                }
                return TestLists.read(in);
            }
        };
        try (LogLines log = new LogLines("sentry.lists");
                Lists lists = new Lists(
                        List.of(TestLists.file("ads", file)), Optional.empty(), broken, time.surroundings())) {
            lists.start();
            assertEquals(Duration.ofMinutes(1), time.untilPause());
            assertEquals(
                    "ERROR list ads met a mistake in Sentry and stays as it is",
                    log.take().getLast());
            Files.writeString(file, "a\nb\n");
            time.pass();
            time.pass();
            assertEquals(2, TestLists.names(lists));
        }
    }

    @Test
    void list_thatDoesNotFitIntoMemory_isAFailure() throws Exception {
        Path file = Files.writeString(folder.resolve("ads.txt"), "a\n");
        Reading hungry = in -> {
            throw new OutOfMemoryError("too much");
        };
        Lists lists = new Lists(List.of(TestLists.file("ads", file)), Optional.empty(), hungry, time.surroundings());
        ListResult.Failed failed =
                assertInstanceOf(ListResult.Failed.class, lists.loadNow().getFirst());
        assertEquals("there is not enough memory for it (see -Xmx)", failed.failure());
    }

    @Test
    void takeOver_ofTheSameSource_servesUntilTheFirstLoading() throws Exception {
        Path file = Files.writeString(folder.resolve("ads.txt"), "a\n");
        ListSource ads = TestLists.file("ads", file);
        Lists earlier = TestLists.lists(time, Optional.empty(), ads);
        earlier.loadNow();
        Lists same = TestLists.lists(time, Optional.empty(), ads);
        same.takeOver(earlier);
        assertEquals(1, TestLists.names(same));
        Lists other = TestLists.lists(time, Optional.empty(), TestLists.file("ads", folder.resolve("other.txt")));
        other.takeOver(earlier);
        assertEquals(-1, TestLists.names(other));
    }

    @Test
    void loadNow_givesTheReportOrTheFailureOfEach() throws Exception {
        Path file = Files.writeString(folder.resolve("ads.txt"), "a\n?\n");
        try (LogLines log = new LogLines("sentry.lists")) {
            Lists lists = TestLists.lists(
                    time,
                    Optional.empty(),
                    TestLists.file("ads", file),
                    TestLists.file("none", folder.resolve("none.txt")));
            List<ListResult> results = lists.loadNow();
            ListResult.Read read = assertInstanceOf(ListResult.Read.class, results.getFirst());
            assertEquals(1, read.report().names());
            assertEquals(1, read.report().unreadable());
            assertTrue(TestLists.ads(lists).isLoaded());
            ListResult.Failed failed = assertInstanceOf(ListResult.Failed.class, results.getLast());
            assertEquals("none", failed.source().name());
            assertEquals("it does not exist", failed.failure());
            assertEquals(List.of(), log.take());
        }
    }

    @Test
    void close_duringAHangingDownload_endsItAtOnce() throws Exception {
        try (ListServer server = new ListServer();
                LogLines log = new LogLines("sentry.lists")) {
            server.answers(server::drip);
            Lists lists = new Lists(
                    List.of(TestLists.web(server.address(), Duration.ofMinutes(10))),
                    Optional.of(folder),
                    TestLists::read,
                    Surroundings.real());
            lists.start();
            await().until(() -> server.requests() == 1);
            long begun = System.nanoTime();
            lists.close();
            assertTrue(System.nanoTime() - begun < Duration.ofSeconds(2).toNanos());
            assertTrue(log.take().stream().noneMatch(line -> line.startsWith("WARN")));
            try (var files = Files.list(folder)) {
                assertEquals(List.of(), files.toList(), "nothing half is left behind");
            }
        }
    }

    @Test
    void listWhoseReadingOverflowsTheStack_leavesTheOthersAlone() throws Exception {
        Path ads = Files.writeString(folder.resolve("ads.txt"), "a\n");
        Path deep = Files.writeString(folder.resolve("deep.txt"), "deep\n");
        Reading reading = in -> {
            ReadList read = TestLists.read(in);
            if (read.report().names() == 1 && overflow.getAndSet(false)) {
                throw new StackOverflowError();
            }
            return read;
        };
        try (Lists lists = new Lists(
                List.of(TestLists.file("deep", deep), TestLists.file("ads", ads)),
                Optional.empty(),
                reading,
                time.surroundings())) {
            lists.start();
            time.untilPause();
            assertEquals(1, TestLists.names(lists));
        }
    }
}

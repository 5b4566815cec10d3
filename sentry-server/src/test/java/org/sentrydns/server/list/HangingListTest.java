package org.sentrydns.server.list;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sentrydns.server.config.ListSource;

/** A list that hangs is nobody else's trouble. */
final class HangingListTest {
    @TempDir
    Path folder;

    private final HeldTime time = new HeldTime();
    private final ListServer server = new ListServer();

    HangingListTest() throws IOException {}

    @AfterEach
    void stop() {
        server.close();
    }

    private ListSource web(String name) {
        return TestLists.web(name, server.address().resolve("/" + name));
    }

    private static boolean isAbout(HttpExchange exchange, String name) {
        return exchange.getRequestURI().getPath().equals("/" + name);
    }

    private static DomainList list(Lists lists, String name) {
        return Objects.requireNonNull(lists.all().get(name));
    }

    private static int names(Lists lists, String name) {
        return list(lists, name).report().map(ListReport::names).orElse(-1);
    }

    @Test
    void start_withAnAddressThatHangs_keepsTheOtherListsAsTheirSourcesAre() throws Exception {
        server.answers(exchange -> {
            if (isAbout(exchange, "hangs")) {
                server.drip(exchange);
            }
            ListServer.send(exchange, 200, ListServer.bytes("a\n"));
        });
        Path file = Files.writeString(folder.resolve("ads.txt"), "a\n");
        Surroundings hasty = new Surroundings(
                System::nanoTime,
                Clock.systemUTC(),
                Thread::sleep,
                time.surroundings().random(),
                Duration.ofMillis(5));
        List<ListSource> sources = List.of(web("hangs"), TestLists.file("file", file), web("other"));
        try (Lists lists = new Lists(sources, Optional.empty(), TestLists::read, hasty)) {
            lists.start();
            await().until(() -> names(lists, "file") == 1 && names(lists, "other") == 1);
            await().until(() -> server.requests() == 2);
            Files.writeString(file, "a\nb\n");
            await().until(() -> names(lists, "file") == 2);
            assertEquals(-1, names(lists, "hangs"));
        }
    }

    /** Answers when both lists are asked for at the same time. */
    private static HttpHandler whenBothAreAsked() {
        CyclicBarrier both = new CyclicBarrier(2);
        return exchange -> {
            try {
                both.await(10, TimeUnit.SECONDS);
                ListServer.send(exchange, 200, ListServer.bytes("a\n"));
            } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                throw new IOException(e);
            }
        };
    }

    @Test
    void prepare_withSeveralAddresses_waitsForTheSlowestNotForOneAfterTheOther() throws Exception {
        server.answers(whenBothAreAsked());
        Path file = Files.writeString(folder.resolve("ads.txt"), "a\nb\n");
        Lists lists = TestLists.lists(
                time, Optional.of(folder.resolve("copies")), web("x"), TestLists.file("file", file), web("y"));
        assertEquals(List.of(), lists.prepare(TestLists.lists(time, Optional.empty()), false));
        assertEquals(1, names(lists, "x"));
        assertEquals(2, names(lists, "file"));
        assertEquals(1, names(lists, "y"));
    }

    /** As when somebody takes back a rule while a provider of lists is down. */
    @Test
    void prepare_ofAListThatWasMissingBefore_doesNotWaitForIt() throws Exception {
        server.answers(exchange -> ListServer.send(exchange, 200, ListServer.bytes("a\n")));
        Lists earlier = TestLists.lists(time, Optional.empty(), web("x"));
        Lists next = TestLists.lists(time, Optional.empty(), web("x"));

        assertEquals(1, next.prepare(earlier, false).size());
        assertEquals(0, server.requests());
        assertEquals(List.of(), next.prepare(earlier, true));
        assertEquals(1, names(next, "x"));
    }

    @Test
    void prepare_ofAFileThatCouldNotBeReadBefore_makesNothingWorse() throws Exception {
        Path file = Files.writeString(folder.resolve("ads.txt"), "?\n");
        Lists earlier = TestLists.lists(time, Optional.empty(), TestLists.file("ads", file));
        earlier.loadNow();

        Lists same = TestLists.lists(time, Optional.empty(), TestLists.file("ads", file));
        assertTrue(same.prepare(earlier, false).getFirst().before());
        Lists other = TestLists.lists(time, Optional.empty(), TestLists.file("spies", file));
        assertFalse(other.prepare(earlier, false).getFirst().before());
    }

    @Test
    void prepareAwaited_bringsInWhatIsThere_andAsksNobody() throws Exception {
        Path file = Files.writeString(folder.resolve("ads.txt"), "a\nb\n");
        Path bad = Files.writeString(folder.resolve("bad.txt"), "?\n");
        Lists lists = TestLists.lists(
                time,
                Optional.of(folder.resolve("copies")),
                TestLists.file("later", file),
                TestLists.awaited(TestLists.file("ads", file)),
                TestLists.awaited(TestLists.file("bad", bad)),
                TestLists.awaited(web("x")));
        List<ListResult.Failed> failed = lists.prepareAwaited();
        assertEquals(List.of("bad", "x"), ListResult.Failed.names(failed));
        assertEquals(
                List.of(true, false),
                failed.stream().map(ListResult.Failed::isMistake).toList());
        assertEquals("it has not been downloaded yet", failed.getLast().failure());
        assertEquals(2, names(lists, "ads"));
        assertEquals(-1, names(lists, "later"));
        assertEquals(0, server.requests());
    }

    @Test
    void loadNow_withSeveralAddresses_waitsForTheSlowestNotForOneAfterTheOther() throws Exception {
        server.answers(whenBothAreAsked());
        Lists lists = TestLists.lists(
                time, Optional.empty(), web("x"), TestLists.file("none", folder.resolve("none")), web("y"));
        List<ListResult> results = lists.loadNow();
        assertInstanceOf(ListResult.Read.class, results.get(0));
        assertInstanceOf(ListResult.Failed.class, results.get(1));
        assertInstanceOf(ListResult.Read.class, results.get(2));
    }

    @Test
    void prepare_thatIsInterrupted_endsItsDownloads() throws Exception {
        server.answers(server::drip);
        Lists lists = TestLists.lists(time, Optional.of(folder), web("x"), web("y"));
        FutureTask<InterruptedException> prepared = new FutureTask<>(() -> assertThrows(
                InterruptedException.class, () -> lists.prepare(TestLists.lists(time, Optional.empty()), false)));
        Thread thread = Thread.ofPlatform().start(prepared);
        await().until(() -> server.requests() == 2);
        thread.interrupt();
        prepared.get(10, TimeUnit.SECONDS);
        try (var files = Files.list(folder)) {
            assertEquals(List.of(), files.toList(), "nothing half is left behind");
        }
    }

    @Test
    void prepare_thatMeetsAMistake_saysSo() throws Exception {
        Path file = Files.writeString(folder.resolve("ads.txt"), "a\n");
        Reading broken = in -> {
            throw new IllegalStateException("a bug");
        };
        Lists lists = new Lists(List.of(TestLists.file("ads", file)), Optional.empty(), broken, time.surroundings());
        assertEquals(
                "a bug",
                assertThrows(IllegalStateException.class, () -> lists.prepare(null, false))
                        .getMessage());
        assertTrue(lists.all().containsKey("ads"));
    }
}

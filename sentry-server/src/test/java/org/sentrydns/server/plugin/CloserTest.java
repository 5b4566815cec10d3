package org.sentrydns.server.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sentrydns.server.log.LogLines;

/** What does not close well, and what does not close. */
@Timeout(60)
final class CloserTest {
    @TempDir
    Path temp;

    private final AtomicInteger closed = new AtomicInteger();

    private static void untilInterrupted() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    @Test
    void close_thatThrows_isSaidAndTheNextIsClosed() {
        Closer closer = new Closer(Duration.ofSeconds(50));
        try (LogLines log = new LogLines("sentry.core")) {
            AutoCloseable failing = CloserTest::fail;
            closer.close(failing, "the first");
            AutoCloseable counting = closed::incrementAndGet;
            closer.close(counting, "the second");
            closer.close("what cannot be closed", "the third");
            assertEquals(
                    List.of("WARN the first was not closed well: java.lang.IllegalStateException: no"), log.take());
        }
        assertEquals(1, closed.get());
    }

    private static void fail() {
        throw new IllegalStateException("no");
    }

    @Test
    void close_ofManyThatDoNotReturn_waitsForThePluginOnce() {
        Closer closer = new Closer(Duration.ofMillis(10));
        try (LogLines log = new LogLines("sentry.core")) {
            for (int i = 0; i < 3; i++) {
                AutoCloseable hanging = CloserTest::untilInterrupted;
                closer.close(hanging, "rule " + i);
            }
            assertEquals(List.of("WARN rule 0 does not close; Sentry goes on after 0.01 s"), log.take());
        }
    }

    @Test
    void close_byWhoIsInterrupted_waitsAllTheSame() {
        Closer closer = new Closer(Duration.ofSeconds(50));
        Thread.currentThread().interrupt();
        AutoCloseable counting = closed::incrementAndGet;
        closer.close(counting, "the one");
        assertTrue(Thread.interrupted());
        assertEquals(1, closed.get());
    }

    @Test
    void close_ofAPluginThatDoesNotReturn_namesItsJarAndGoesOn() throws Exception {
        Path folder = Files.createDirectory(temp.resolve("plugins"));
        Path jar = new JarMaker(folder).source("Hang", """
                        import org.sentrydns.api.*;
                        public final class Hang implements RuleType, AutoCloseable {
                            public String verb() { return "hang"; }
                            public String syntax() { return "hang S"; }
                            public Rule compile(RuleText text) { return query -> Outcome.pass(); }
                            public void close() throws Exception {
                                ClassLoader mine = Hang.class.getClassLoader();
                                if (Thread.currentThread().getContextClassLoader() == mine) {
                                    new java.util.concurrent.CountDownLatch(1).await();
                                }
                            }
                        }
                        """).service("Hang").write("hang.jar");
        PluginHost host = PluginHost.load(List.of(folder));
        host.start(id -> new RunningContext(id, CloserTest::none, (p, n) -> new LongAdder()), (p, e) -> {});
        try (LogLines log = new LogLines("sentry.core")) {
            host.close(new Closer(Duration.ofMillis(10)));
            assertEquals(
                    "WARN plugin " + jar + " does not close; Sentry goes on after 0.01 s",
                    log.take().getFirst());
        }
        assertEquals(List.of(), List.copyOf(host.verbs().keySet()));
    }

    private static <R extends Record> R none(String id, Class<R> type) {
        throw new AssertionError("nobody asks for settings");
    }
}

package org.sentrydns.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever reads the log may be slow: no query waits for that. */
final class LogIT {
    /** Their lines are far more than a pipe holds. */
    private static final int QUERIES = 5_000;

    @TempDir
    Path folder;

    @Test
    void reader_whoTakesNothingForAWhile_holdsNoQueryUpAndMissesNothing() throws Exception {
        Path pipe = folder.resolve("pipe");
        Path go = folder.resolve("go");
        assertEquals(0, Tool.run("mkfifo", pipe.toString(), go.toString()).exit());
        Path names = Files.write(
                folder.resolve("names"),
                IntStream.range(0, QUERIES)
                        .mapToObj(i -> "n" + i + ".blocked.test A")
                        .toList());
        int port = Ports.free();
        try (Daemon reader = shell("reader", "exec 3<\"$0\"; read -r word <\"$1\"; exec cat <&3", pipe, go);
                Daemon sentry = shell(
                        "sentry",
                        "exec \"$0\" -c \"$1\" 2>\"$2\"",
                        RunningSentry.HOME.resolve("bin/sentry").toAbsolutePath(),
                        config(port),
                        pipe)) {
            sentry.awaitReply(port, "ready.blocked.test");
            Dnsperf ran = Dnsperf.run(port, names, 5_000, "-n", "1");
            Files.writeString(go, "go\n");

            ran.assertNothingLost();
            assertEquals(QUERIES, ran.completed());
            await("all lines are there")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> lines(reader, "blocking query: n") == QUERIES);
            assertEquals(0, sentry.terminate());
            await("the last line is there")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> lines(reader, "shutting down, dumping stats") == 1);
        }
    }

    private Daemon shell(String name, String script, Path... arguments) {
        List<String> command = Stream.concat(
                        Stream.of("/bin/sh", "-c", script), Stream.of(arguments).map(Path::toString))
                .toList();
        return new Daemon(folder, folder.resolve(name + ".log"), command);
    }

    private Path config(int port) throws IOException {
        return Files.writeString(
                folder.resolve("sentry.json"),
                RunningSentry.config("block \\.blocked\\.test$").replace("\"port\": 0", "\"port\": " + port));
    }

    private static long lines(Daemon reader, String words) {
        return reader.log().lines().filter(line -> line.contains(words)).count();
    }
}

package org.sentrydns.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A signal that comes while the server starts neither ends it nor is forgotten. */
final class EarlySignalsIT {
    /** PWR, which is signal 30: the last of those that Java leaves alone and Sentry does not. */
    private static final long HEARD = 1L << (30 - 1);

    @TempDir
    Path folder;

    @Test
    void signals_beforeTheServerTakesQueries_areHeard() throws Exception {
        Path file =
                Files.writeString(folder.resolve("sentry.json"), RunningSentry.config("answer ^hi$ with A 192.0.2.1"));
        String program =
                RunningSentry.HOME.resolve("bin/sentry").toAbsolutePath().toString();
        List<String> command = List.of(program, "-c", file.toString());
        try (Daemon sentry = new Daemon(folder, folder.resolve("sentry.log"), command)) {
            await("signals are heard")
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> (caught(sentry.pid()) & HEARD) != 0);
            for (String signal : List.of("USR1", "HUP", "PWR", "HUP")) {
                assertEquals(
                        0,
                        Tool.run("kill", "-" + signal, String.valueOf(sentry.pid()))
                                .exit());
            }

            sentry.awaitLog("Server started on 127.0.0.1:");
            sentry.awaitLog("INFO: reloaded: 1 rules (0 new, 0 gone)");
            assertEquals(0, sentry.terminate());
        }
    }

    /** The signals that a process has handlers for, one bit each. */
    private static long caught(long pid) throws IOException {
        String status = Files.readString(Path.of("/proc", String.valueOf(pid), "status"));
        String mask = status.lines()
                .filter(line -> line.startsWith("SigCgt:"))
                .findFirst()
                .orElseThrow();
        return Long.parseUnsignedLong(mask.substring("SigCgt:".length()).strip(), 16);
    }
}

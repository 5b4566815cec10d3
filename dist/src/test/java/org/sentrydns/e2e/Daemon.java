package org.sentrydns.e2e;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that runs until it is closed. Its output goes to a file. */
final class Daemon implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String name;
    private final Process process;
    private final Path log;

    Daemon(Path folder, Path log, List<String> command) {
        this.name = Path.of(command.getFirst()).getFileName().toString();
        this.log = log;
        this.process = Tool.start(new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile()));
        // A test that fails while it starts or stops something else must not leave this one behind.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new AssertionError("no log of " + name, e);
        }
    }

    /** Waits for these words in the log. */
    void awaitLog(String words) {
        await(name + " says: " + words).atMost(PATIENCE).until(() -> {
            failIfDead();
            return log().contains(words);
        });
    }

    /** Waits for a reply from that port of 127.0.0.1. */
    void awaitReply(int port, String question) {
        await(name + " answers").atMost(PATIENCE).until(() -> {
            failIfDead();
            try (DnsClient client = new DnsClient(port, Duration.ofMillis(500))) {
                return client.ask(question).isPresent();
            }
        });
    }

    private void failIfDead() {
        if (!isAlive()) {
            throw new AssertionError(name + " ended with " + process.exitValue() + ": " + log());
        }
    }

    /** Sends TERM and waits for the end. */
    int terminate() {
        process.destroy();
        return awaitEnd();
    }

    /** Waits until it ends by itself, and says with which code. */
    int awaitEnd() {
        try {
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(name + " did not end: " + log());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while ending " + name, e);
        } finally {
            process.destroyForcibly();
        }
    }

    @Override
    public void close() {
        if (isAlive()) {
            terminate();
        }
    }
}

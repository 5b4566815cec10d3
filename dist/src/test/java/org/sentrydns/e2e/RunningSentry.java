package org.sentrydns.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Sentry of the distribution, started as a user starts it. */
final class RunningSentry implements AutoCloseable {
    /** The distribution that was built. */
    static final Path HOME = Path.of(System.getProperty("sentry.home", "target/sentry"));

    private static final Pattern STARTED = Pattern.compile("Server started on \\S+:([0-9]+)\n");

    private final Daemon daemon;
    private final int port;

    private RunningSentry(Daemon daemon) {
        this.daemon = daemon;
        daemon.awaitLog("Server started on ");
        Matcher started = STARTED.matcher(daemon.log());
        if (!started.find()) {
            throw new AssertionError("no address in: " + daemon.log());
        }
        this.port = Integer.parseInt(started.group(1));
    }

    /** Starts it with a configuration, written into a folder. */
    static RunningSentry start(Path folder, String config) throws IOException {
        return start(HOME, folder, config);
    }

    static RunningSentry start(Path home, Path folder, String config) throws IOException {
        Path file = Files.writeString(Files.createTempFile(folder, "sentry", ".json"), config);
        Path log = Files.createTempFile(folder, "sentry", ".log");
        String program = home.resolve("bin/sentry").toAbsolutePath().toString();
        return new RunningSentry(new Daemon(folder, log, List.of(program, "-c", file.toString())));
    }

    /** Starts it with a file that a test may change. */
    static RunningSentry startFile(Path folder, Path file) throws IOException {
        Path log = Files.createTempFile(folder, "sentry", ".log");
        String program = HOME.resolve("bin/sentry").toAbsolutePath().toString();
        return new RunningSentry(new Daemon(folder, log, List.of(program, "-c", file.toString())));
    }

    /** Starts it with flags for its Java virtual machine. */
    static RunningSentry startWith(String flags, Path folder, String config) throws IOException {
        Path file = Files.writeString(Files.createTempFile(folder, "sentry", ".json"), config);
        Path log = Files.createTempFile(folder, "sentry", ".log");
        String program = HOME.resolve("bin/sentry").toAbsolutePath().toString();
        return new RunningSentry(
                new Daemon(folder, log, List.of("env", "SENTRY_OPTS=" + flags, program, "-c", file.toString())));
    }

    /** Runs the program to its end. */
    static Tool.Ran run(Path folder, String... arguments) throws IOException, InterruptedException {
        return run(HOME, folder, arguments);
    }

    static Tool.Ran run(Path home, Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(home.resolve("bin/sentry").toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        return Tool.run(folder, Map.of(), command);
    }

    /** A configuration on 127.0.0.1 and a free port with these rules. */
    static String config(String... rules) {
        StringBuilder lines = new StringBuilder();
        for (String rule : rules) {
            lines.append("    \"")
                    .append(rule.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append("\",\n");
        }
        return "{\n  \"host\": \"127.0.0.1\", \"port\": 0,\n  \"rules\": [\n" + lines + "  ],\n}\n";
    }

    int port() {
        return port;
    }

    long pid() {
        return daemon.pid();
    }

    boolean isAlive() {
        return daemon.isAlive();
    }

    String log() {
        return daemon.log();
    }

    void awaitLog(String words) {
        daemon.awaitLog(words);
    }

    void signal(String name) throws IOException, InterruptedException {
        assertEquals(0, Tool.run("kill", "-" + name, String.valueOf(pid())).exit());
    }

    /** Sends TERM; Sentry leaves with 0. */
    void stop() {
        assertEquals(0, daemon.terminate(), () -> "Sentry did not leave well: " + log());
    }

    @Override
    public void close() {
        if (daemon.isAlive()) {
            stop();
        }
    }
}

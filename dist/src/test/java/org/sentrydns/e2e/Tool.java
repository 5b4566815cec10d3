package org.sentrydns.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs to their end; one that is missing, or never ends, fails the test. */
final class Tool {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private Tool() {}

    /** How a program ended. */
    record Ran(int exit, String out, String err) {

        String text() {
            return out + err;
        }

        /** All it wrote, each run of spaces and tabs as one space. */
        List<String> lines() {
            return Tool.lines(text());
        }
    }

    static List<String> lines(String text) {
        return Arrays.stream(text.split("\n", -1))
                .map(line -> line.replaceAll("[ \t]+", " ").strip())
                .filter(line -> !line.isEmpty())
                .toList();
    }

    static Ran run(String... command) throws IOException, InterruptedException {
        return run(List.of(command));
    }

    static Ran run(List<String> command) throws IOException, InterruptedException {
        return run(Path.of("."), Map.of(), command);
    }

    static Ran run(Path folder, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("tool", ".out");
        Path err = Files.createTempFile("tool", ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            Process process = start(builder);
            try {
                if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new AssertionError(command + " did not end in " + PATIENCE + ": " + Files.readString(err));
                }
                return new Ran(process.exitValue(), Files.readString(out), Files.readString(err));
            } finally {
                process.destroyForcibly();
            }
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    static Process start(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new AssertionError(
                    builder.command().getFirst() + " cannot be run; the end-to-end tests need it: " + e.getMessage(),
                    e);
        }
    }

    /** The output of dig, which must have got a reply. */
    static Ran dig(int port, String... arguments) throws IOException, InterruptedException {
        return ask("dig", "127.0.0.1", port, arguments);
    }

    static Ran ask(String client, String server, int port, String... arguments)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(client, "@" + server, "-p", String.valueOf(port), "+time=5", "+retry=0"));
        command.addAll(List.of(arguments));
        Ran ran = run(command);
        if (ran.exit() != 0 || ran.lines().stream().anyMatch(Tool::isComplaint)) {
            throw new AssertionError(command + " is not content: " + ran.text());
        }
        return ran;
    }

    private static boolean isComplaint(String line) {
        return (line.contains("WARNING") && !line.contains("truncated reply")) || line.contains("mismatch");
    }
}

package org.sentrydns.server.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How queries are written down. Immutable.
 *
 * @param file where to; empty is standard output
 * @param rotateBytes the size at which a file is put aside
 * @param rotateAge the age at which a file is put aside
 * @param keep how many files that were put aside are kept
 * @param sample the share of queries that is written, above 0 up to 1
 * @param shortenClients whether only the network of a client is written
 * @param text the configuration that says so
 * @param offset where the file's path stands in it
 */
public record QueryLogSettings(
        Optional<Path> file,
        long rotateBytes,
        Duration rotateAge,
        int keep,
        double sample,
        boolean shortenClients,
        SourceText text,
        int offset) {

    /** Whether another one says the same, wherever it stands. */
    public boolean saysTheSame(QueryLogSettings other) {
        return withoutPlace().equals(other.withoutPlace());
    }

    private List<Object> withoutPlace() {
        return List.of(file, rotateBytes, rotateAge, keep, sample, shortenClients);
    }

    /** Says why the file cannot be written, if so, without making it: who only looks at a configuration leaves no traces. */
    public void checkFile(Problems problems) {
        checkFile(problems, Files::isWritable);
    }

    void checkFile(Problems problems, Predicate<Path> writable) {
        file.flatMap(path -> obstacle(path, writable))
                .ifPresent(obstacle -> problems.add(text.problem(
                        offset,
                        obstacle + ": expected the path of a file that can be written, or - for standard output")));
    }

    private static Optional<String> obstacle(Path file, Predicate<Path> writable) {
        if (Files.isDirectory(file)) {
            return Optional.of(file + " is a folder");
        }
        if (Files.exists(file)) {
            return unless(writable, "the file ", file);
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.exists(folder)) {
            return Optional.of("the folder " + folder + " does not exist");
        }
        return Files.isDirectory(folder)
                ? unless(writable, "the folder ", folder)
                : Optional.of(folder + " is no folder");
    }

    private static Optional<String> unless(Predicate<Path> writable, String what, Path path) {
        return writable.test(path) ? Optional.empty() : Optional.of(what + path + " cannot be written by this user");
    }
}

package org.sentrydns.server.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

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

    /** Says why the file cannot be written, if so, without making it: who only looks at a configuration leaves no traces. */
    public void checkFile(Problems problems) {
        file.flatMap(QueryLogSettings::obstacle)
                .ifPresent(obstacle -> problems.add(text.problem(
                        offset,
                        obstacle + ": expected the path of a file that can be written, or - for standard output")));
    }

    private static Optional<String> obstacle(Path file) {
        if (Files.isDirectory(file)) {
            return Optional.of(file + " is a folder");
        }
        if (Files.exists(file)) {
            return unlessWritable("the file ", file);
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.exists(folder)) {
            return Optional.of("the folder " + folder + " does not exist");
        }
        return Files.isDirectory(folder)
                ? unlessWritable("the folder ", folder)
                : Optional.of(folder + " is no folder");
    }

    private static Optional<String> unlessWritable(String what, Path path) {
        return Files.isWritable(path) ? Optional.empty() : Optional.of(what + path + " cannot be written by this user");
    }
}

package org.sentrydns.server.querylog;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * A file that is put aside as {@code name.1} when it is large or old; {@code name.1} becomes {@code name.2} and so on, the
 * oldest goes. Confined to one thread.
 */
final class RotatedFile implements LogTarget {
    private final Path file;
    private final long maxBytes;
    private final Duration maxAge;
    private final int keep;
    private final Clock clock;
    private OutputStream out;
    private long bytes;
    private Instant born;

    RotatedFile(Path file, long maxBytes, Duration maxAge, int keep, Clock clock) throws IOException {
        this.file = file;
        this.maxBytes = maxBytes;
        this.maxAge = maxAge;
        this.keep = keep;
        this.clock = clock;
        try {
            this.out = open(file);
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            this.bytes = attributes.size();
            // A file that is there already goes on from when it was made, so that restarts do not keep it for ever.
            this.born = bytes == 0 ? clock.instant() : attributes.creationTime().toInstant();
        } catch (IOException e) {
            throw new IOException("the query log " + file + " cannot be written: " + e, e);
        }
    }

    private static OutputStream open(Path file) throws IOException {
        return new BufferedOutputStream(
                Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND), 1 << 16);
    }

    @Override
    public void write(byte[] line) throws IOException {
        if (bytes > 0 && (bytes + line.length > maxBytes || !born.plus(maxAge).isAfter(clock.instant()))) {
            rotate();
        }
        out.write(line);
        bytes += line.length;
    }

    /** If it cannot be put aside, the file goes on, and is tried again when it has grown as much once more. */
    private void rotate() throws IOException {
        try {
            out.close();
            putAside();
        } finally {
            out = open(file);
            bytes = 0;
            born = clock.instant();
        }
    }

    private void putAside() throws IOException {
        if (!Files.exists(file)) {
            // It was put aside already, and only the new one could not be opened: the others must not move once more.
            return;
        }
        if (keep == 0) {
            Files.deleteIfExists(file);
        }
        for (int age = keep; age > 0; age--) {
            Path from = age == 1 ? file : aside(age - 1);
            if (Files.exists(from)) {
                Files.move(from, aside(age), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private Path aside(int age) {
        return file.resolveSibling(file.getFileName() + "." + age);
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}

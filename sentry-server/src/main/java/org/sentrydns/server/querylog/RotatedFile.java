package org.sentrydns.server.querylog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
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
    private FileChannel out;
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

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Override
    public boolean isFull(long waiting, int length) {
        long before = bytes + waiting;
        return before > 0 && (before + length > maxBytes || !born.plus(maxAge).isAfter(clock.instant()));
    }

    @Override
    public void write(byte[] lines) throws IOException {
        long before = out.size();
        try {
            ByteBuffer left = ByteBuffer.wrap(lines);
            while (left.hasRemaining()) {
                out.write(left);
            }
            bytes += lines.length;
        } catch (IOException e) {
            takeBack(before, e);
            throw e;
        }
    }

    private void takeBack(long size, IOException why) {
        try {
            out.truncate(size);
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }

    /** If it cannot be put aside, the file goes on, and is tried again when it has grown as much once more. */
    @Override
    public void renew() throws IOException {
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
    public void close() throws IOException {
        out.close();
    }
}

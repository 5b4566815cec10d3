package org.sentrydns.server.querylog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that is put aside as {@code name.1} when it is large or old; {@code name.1} becomes {@code name.2} and so on, the
 * oldest goes. Where somebody else has moved, deleted or emptied it, as logrotate does, it is made anew or goes on from its
 * start. Confined to one thread.
 */
final class RotatedFile implements LogTarget {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.core");

    /** How often it is looked whether the file is still there. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Path file;
    private final long maxBytes;
    private final Duration maxAge;
    private final int keep;
    private final Clock clock;
    private FileChannel out;
    /** The file's own key, whatever its name becomes; null on systems that have none. */
    private @Nullable Object key;

    /** A device, such as the terminal, is never put aside. */
    private final boolean regular;

    private long bytes;
    /** Bytes that count no more, since they could not be put aside. */
    private long base;

    private Instant born;
    private Instant looked;
    private boolean told;

    RotatedFile(Path file, long maxBytes, Duration maxAge, int keep, Clock clock) throws IOException {
        this.maxBytes = maxBytes;
        this.maxAge = maxAge;
        this.keep = keep;
        this.clock = clock;
        try {
            this.out = channel(file);
            BasicFileAttributes attributes = attributes(file);
            this.regular = attributes.isRegularFile();
            // A link stays where it is: what it leads to is put aside, on the same disk. A pipe has no path.
            this.file = regular ? file.toRealPath() : file;
            this.key = attributes.fileKey();
            this.bytes = attributes.size();
            this.looked = clock.instant();
            // A file that is there already goes on from when it was made, so that restarts do not keep it for ever.
            this.born = bytes == 0 ? looked : attributes.creationTime().toInstant();
        } catch (IOException e) {
            throw new IOException("the query log " + file + " cannot be written: " + e, e);
        }
    }

    private static FileChannel channel(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class);
    }

    @Override
    public boolean isFull(long waiting, int length) {
        long before = bytes + waiting;
        return regular
                && before > 0
                && (before + length > maxBytes || !born.plus(maxAge).isAfter(clock.instant()));
    }

    @Override
    public void write(byte[] lines) throws IOException {
        if (regular && !looked.plus(LOOK).isAfter(clock.instant())) {
            looked = clock.instant();
            look();
        }
        long before = out.size();
        try {
            ByteBuffer left = ByteBuffer.wrap(lines);
            while (left.hasRemaining()) {
                out.write(left);
            }
            base = Math.min(base, before);
            bytes = before + lines.length - base;
        } catch (IOException e) {
            takeBack(before, e);
            throw e;
        }
    }

    private void look() {
        try {
            if (isGone()) {
                open();
            }
            told = false;
        } catch (IOException e) {
            if (!told) {
                told = true;
                LOG.error(
                        "the query log {} is gone and cannot be made anew, it goes on where it is now: {}",
                        file,
                        e.toString());
            }
        }
    }

    /** Whether the name now stands for another file than the one that is written, or for none. */
    private boolean isGone() throws IOException {
        try {
            return !Objects.equals(key, attributes(file).fileKey());
        } catch (NoSuchFileException e) {
            return true;
        }
    }

    /** The one before is let go only when there is a new one, and may still be open if there is none. */
    private void open() throws IOException {
        FileChannel before = out;
        out = channel(file);
        before.close();
        key = attributes(file).fileKey();
        base = 0;
        bytes = out.size();
        born = clock.instant();
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
            open();
            base = bytes; // if it could not be put aside
            bytes = 0;
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

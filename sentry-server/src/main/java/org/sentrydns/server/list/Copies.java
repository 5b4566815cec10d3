package org.sentrydns.server.list;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The last good copies of downloaded lists, on disk. Thread-safe, also in processes that share the folder. A copy
 * is put in place as a whole, and before what is known about it: the other way round, a crash in between would leave an old
 * list that the server calls unchanged.
 */
final class Copies {
    private static final String PART = ".part";
    private static final Duration ABANDONED = Duration.ofHours(2);

    private final Optional<Path> folder;
    private final Clock clock;
    private final boolean writes;
    private final AtomicBoolean swept = new AtomicBoolean();
    private final AtomicBoolean complained = new AtomicBoolean();

    Copies(Optional<Path> folder, Clock clock) {
        this(folder, clock, true);
    }

    private Copies(Optional<Path> folder, Clock clock, boolean writes) {
        this.folder = folder;
        this.clock = clock;
        this.writes = writes;
    }

    Copies readOnly() {
        return new Copies(folder, clock, false);
    }

    Optional<Copy> find(String list, URI address) {
        return folder.map(f -> f.resolve(base(list, address) + ".list"))
                .filter(Files::isRegularFile)
                .map(file -> {
                    Optional<Sidecar> sidecar = Sidecar.read(sidecar(file)).filter(s -> s.isAbout(address, size(file)));
                    return new Copy(
                            file,
                            sidecar.map(Sidecar::validators).orElse(Validators.NONE),
                            sidecar.map(Sidecar::fetched));
                });
    }

    /** A new file to download to, in the same folder, for it to be moved; elsewhere if that cannot be. */
    Path part(String list) throws IOException {
        if (writes && folder.isPresent()) {
            try {
                Files.createDirectories(folder.get());
                sweep(folder.get());
                return Files.createTempFile(folder.get(), list + "-", PART);
            } catch (IOException e) {
                complain(folder.get(), e);
            }
        }
        return Files.createTempFile("sentry-" + list + "-", PART);
    }

    /** Makes a download the copy of its list. */
    void keep(String list, URI address, Path part, Validators validators) {
        if (!writes || folder.isEmpty() || !folder.get().equals(part.getParent())) {
            return;
        }
        Path file = folder.get().resolve(base(list, address) + ".list");
        try {
            Sidecar sidecar = new Sidecar(address.toString(), Files.size(part), validators, clock.instant());
            moveTo(file, part);
            Path small = Files.createTempFile(folder.get(), list + "-", PART);
            try {
                Files.write(small, sidecar.bytes());
                moveTo(sidecar(file), small);
            } finally {
                Files.deleteIfExists(small);
            }
        } catch (IOException e) {
            complain(folder.get(), e);
        }
    }

    private static void moveTo(Path target, Path part) throws IOException {
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void complain(Path where, IOException e) {
        boolean closing = e instanceof ClosedByInterruptException;
        if (!closing && complained.compareAndSet(false, true)) {
            ListLog.noCopies(where.toString(), Reason.of(e));
        }
    }

    /** Downloads that a crash has left; a younger one may belong to another process. */
    private void sweep(Path where) throws IOException {
        if (!swept.compareAndSet(false, true)) {
            return;
        }
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(where, "*" + PART)) {
            for (Path part : parts) {
                if (Files.getLastModifiedTime(part)
                        .toInstant()
                        .isBefore(clock.instant().minus(ABANDONED))) {
                    Files.deleteIfExists(part);
                }
            }
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return -1;
        }
    }

    private static Path sidecar(Path file) {
        return file.resolveSibling(file.getFileName() + ".properties");
    }

    /** Another address makes another name: what an earlier one sent must not come back as this list. */
    private static String base(String list, URI address) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(address.toString().getBytes(StandardCharsets.UTF_8));
            return list + "-" + HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

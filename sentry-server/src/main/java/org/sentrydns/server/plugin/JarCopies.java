package org.sentrydns.server.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jars that class loaders really read. Confined to one thread, but for the one that removes them in the end. A jar that is
 * overwritten in its folder would pull the ground from under the loader that has it open, and so every jar is loaded from a copy
 * that nobody else knows.
 */
final class JarCopies implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.plugins");

    private static final Duration DAY = Duration.ofDays(1);

    private volatile @Nullable Path folder;
    private final Thread atTheEnd = new Thread(this::removeAll, "sentry-copies");
    private @Nullable Thread fresh;
    private int made;

    /**
     * A copy under the same name, of a zip a folder with what is in it; a jar itself where this machine has no room for
     * copies.
     *
     * @throws IOException if a zip cannot be unpacked
     */
    Path of(Path jar) throws IOException {
        if (PluginZip.isZip(jar)) {
            return PluginZip.unpack(jar, another());
        }
        try {
            return copy(jar);
        } catch (IOException e) {
            LOG.warn("{} is used where it is, do not overwrite it while Sentry runs: {}", jar, e.toString());
            return jar;
        }
    }

    private Path copy(Path jar) throws IOException {
        try {
            return Files.copy(jar, folder().resolve(jar.getFileName()));
        } catch (FileAlreadyExistsException e) {
            // The same name in another folder.
            return Files.copy(jar, another().resolve(jar.getFileName()));
        }
    }

    private Path another() throws IOException {
        return Files.createDirectory(folder().resolve(String.valueOf(made++)));
    }

    private Path folder() throws IOException {
        Path known = folder;
        if (known == null) {
            known = Files.createTempDirectory("sentry-plugins-");
            try {
                // A server that ends while it starts, or while an earlier edition is in use, leaves nothing behind.
                Runtime.getRuntime().addShutdownHook(atTheEnd);
            } catch (IllegalStateException e) {
                remove(known);
                throw new IOException("the server stops", e);
            }
            folder = known;
            fresh = Thread.ofPlatform().daemon().name("sentry-copies-fresh").start(this::keepFresh);
        }
        return known;
    }

    /** What is old in a folder for temporary files, systems may remove: classes are read from it as they are needed. */
    private void keepFresh() {
        try {
            while (true) {
                Thread.sleep(DAY);
                touch(FileTime.from(Instant.now()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void touch(FileTime now) {
        Path parent = folder;
        if (parent == null) {
            return;
        }
        try (Stream<Path> files = Files.walk(parent)) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, now);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("the copies of plugins in {} may be taken for old and removed: {}", parent, e.toString());
        }
    }

    @Override
    public void close() {
        if (folder == null) {
            return;
        }
        removeAll();
        Thread keeper = fresh;
        if (keeper != null) {
            keeper.interrupt();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(atTheEnd);
        } catch (IllegalStateException e) {
            LOG.debug("the end has come before the copies were removed");
        }
    }

    private void removeAll() {
        Path parent = folder;
        if (parent != null) {
            remove(parent);
            folder = null;
        }
    }

    private static void remove(Path parent) {
        try (Stream<Path> files = Files.walk(parent)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("{} could not be removed: {}", parent, e.toString());
        }
    }
}

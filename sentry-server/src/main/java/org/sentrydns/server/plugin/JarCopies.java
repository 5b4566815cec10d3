package org.sentrydns.server.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private volatile @Nullable Path folder;
    private final Thread atTheEnd = new Thread(this::removeAll, "sentry-copies");
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
        }
        return known;
    }

    @Override
    public void close() {
        if (folder == null) {
            return;
        }
        removeAll();
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

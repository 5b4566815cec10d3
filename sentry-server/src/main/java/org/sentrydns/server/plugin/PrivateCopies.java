package org.sentrydns.server.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Copies of plugin files that nobody else touches: a jar that is replaced or removed while it is in use breaks whoever reads
 * classes from it. Zips are unpacked here. Confined to one thread.
 */
final class PrivateCopies implements AutoCloseable {
    private static final long MAX_UNPACKED = 512L << 20;

    private final Path folder;
    private int count;

    PrivateCopies() throws IOException {
        this.folder = Files.createTempDirectory("sentry-plugins");
    }

    /** Copies a jar to a jar, and a zip to a folder, of the same name. */
    Path copy(Path original) throws IOException {
        Path place = Files.createDirectory(folder.resolve(String.valueOf(count++)));
        String name = original.getFileName().toString();
        if (!name.endsWith(".zip")) {
            return Files.copy(original, place.resolve(name));
        }
        Path target = Files.createDirectory(place.resolve(name.substring(0, name.length() - ".zip".length())));
        unpack(original, target);
        return target;
    }

    private static void unpack(Path original, Path target) throws IOException {
        long left = MAX_UNPACKED;
        try (ZipFile zip = new ZipFile(original.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                Path file = target.resolve(entry.getName()).normalize();
                if (!file.startsWith(target)) {
                    throw new ZipException("the entry " + entry.getName() + " leads out of it");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                    continue;
                }
                Files.createDirectories(file.getParent());
                try (var in = zip.getInputStream(entry);
                        var out = Files.newOutputStream(file)) {
                    byte[] bytes = in.readNBytes((int) Math.min(left + 1, Integer.MAX_VALUE));
                    left -= bytes.length;
                    if (left < 0) {
                        throw new ZipException("it unpacks to more than " + (MAX_UNPACKED >> 20) + " MiB");
                    }
                    out.write(bytes);
                }
            }
        }
    }

    /** What a plugin's class loader reads: the jar, or {@code classes/} and the jars in {@code lib/}, or all at the top. */
    static List<Path> classPath(Path copy) throws IOException {
        if (!Files.isDirectory(copy)) {
            return List.of(copy);
        }
        Path classes = Files.isDirectory(copy.resolve("classes")) ? copy.resolve("classes") : copy;
        return Stream.concat(Stream.of(classes), Stream.concat(jars(copy.resolve("lib")), jars(copy)))
                .toList();
    }

    private static Stream<Path> jars(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList().stream();
        }
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // A temporary file that is left is no reason to fail; the system clears its folder.
            PluginHost.LOG.debug("copies of plugins stay in {}: {}", folder, e.toString());
        }
    }
}

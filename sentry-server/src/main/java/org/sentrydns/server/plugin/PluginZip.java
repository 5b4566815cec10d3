package org.sentrydns.server.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A plugin with libraries of its own, packed as PF4J wants it: {@code classes/} and {@code lib/*.jar}. */
final class PluginZip {
    private static final long MAX_UNPACKED = 512L << 20;

    private PluginZip() {}

    /** By its name, in letters of either case. */
    static boolean isZip(Path file) {
        return endsWith(file, ".zip");
    }

    /** By its name, in letters of either case. */
    static boolean isJar(Path file) {
        return endsWith(file, ".jar");
    }

    private static boolean endsWith(Path file, String ending) {
        String name = file.toString();
        return name.regionMatches(true, name.length() - ending.length(), ending, 0, ending.length());
    }

    /** Unpacks into a folder with the zip's name. */
    static Path unpack(Path original, Path place) throws IOException {
        String name = original.getFileName().toString();
        Path target = Files.createDirectory(place.resolve(name.substring(0, name.length() - ".zip".length())));
        long left = MAX_UNPACKED;
        try (ZipFile zip = new ZipFile(original.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                Path file = resolved(target, entry.getName());
                if (!file.startsWith(target)) {
                    throw new ZipException("the entry " + entry.getName() + " leads out of it");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    left -= unpack(zip, entry, file, left);
                }
            }
        }
        return target;
    }

    private static Path resolved(Path target, String name) throws ZipException {
        try {
            return target.resolve(name).normalize();
        } catch (InvalidPathException e) {
            throw (ZipException) new ZipException("it has an entry with an impossible name").initCause(e);
        }
    }

    private static long unpack(ZipFile zip, ZipEntry entry, Path file, long left) throws IOException {
        Files.createDirectories(file.getParent());
        try (var in = zip.getInputStream(entry);
                var out = Files.newOutputStream(file)) {
            byte[] piece = new byte[1 << 16];
            long unpacked = 0;
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                unpacked += read;
                if (unpacked > left) {
                    throw new ZipException("it unpacks to more than " + (MAX_UNPACKED >> 20) + " MiB");
                }
                out.write(piece, 0, read);
            }
            return unpacked;
        }
    }

    /** What a plugin's class loader reads: a jar, or of a folder the classes and all jars. */
    static List<Path> classPath(Path copy) throws IOException {
        if (!Files.isDirectory(copy)) {
            return List.of(copy);
        }
        Path classes = Files.isDirectory(copy.resolve("classes")) ? copy.resolve("classes") : copy;
        return Stream.of(List.of(classes), jars(copy.resolve("lib")), jars(copy))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Path> jars(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(PluginZip::isJar).sorted().toList();
        }
    }
}

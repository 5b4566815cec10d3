package org.sentrydns.server.benchmark;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads names: one a line or {@code rank,name}, with # comments and blank lines, as a file or as the only file in a
 * zip archive. What is wrong with the content is an IllegalArgumentException with {@code file:line}.
 */
final class NamesFile {

    static final int MAX_NAMES = 10_000_000;

    private static final int MAGIC = 4;

    private NamesFile() {}

    /** @param limit read no further than so many names; 0: all */
    static Names read(Path file, int limit) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException(file + ": a folder, expected a file of names");
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 64 * 1024)) {
            in.mark(MAGIC);
            byte[] start = in.readNBytes(MAGIC);
            in.reset();
            return isZip(start) ? unzip(in, file.toString(), limit) : parse(in, file.toString(), limit);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(file + ": no such file", e);
        } catch (ZipException | EOFException e) {
            throw new IllegalArgumentException(file + ": a broken zip archive: " + e.getMessage(), e);
        }
    }

    /** The header of a first entry, or the end of an archive without any. */
    private static boolean isZip(byte[] start) {
        boolean pk = start.length == MAGIC && start[0] == 'P' && start[1] == 'K';
        return pk && ((start[2] == 3 && start[3] == 4) || (start[2] == 5 && start[3] == 6));
    }

    static Names parse(InputStream in, String source, int limit) throws IOException {
        Lines lines = new Lines(new InputStreamReader(in, StandardCharsets.UTF_8));
        Names.Builder names = new Names.Builder();
        String line;
        while ((limit == 0 || names.count() < limit) && (line = lines.next()) != null) {
            add(line, names, source + ":" + lines.number());
        }
        if (names.count() == 0) {
            throw new IllegalArgumentException(source + ": no names, expected one a line");
        }
        return names.build();
    }

    private static Names unzip(InputStream in, String source, int limit) throws IOException {
        ZipInputStream zip = new ZipInputStream(in);
        ZipEntry entry = nextFile(zip);
        if (entry == null) {
            throw new IllegalArgumentException(source + ": an empty zip archive, expected one file in it");
        }
        Names names = parse(zip, source + "!" + entry.getName(), limit);
        boolean readToEnd = limit == 0 || names.count() < limit;
        ZipEntry second = readToEnd ? nextFile(zip) : null;
        if (second != null) {
            throw new IllegalArgumentException(source + ": expected one file in it, found also " + second.getName());
        }
        return names;
    }

    /** What macOS adds about the files, in a folder of that name, is none of them. */
    private static @Nullable ZipEntry nextFile(ZipInputStream zip) throws IOException {
        ZipEntry entry = zip.getNextEntry();
        while (entry != null && (entry.isDirectory() || entry.getName().startsWith("__MACOSX/"))) {
            entry = zip.getNextEntry();
        }
        return entry;
    }

    private static void add(String line, Names.Builder names, String position) {
        if (line.length() > Lines.MAX_LENGTH) {
            throw new IllegalArgumentException(position + ": a line of more than " + Lines.MAX_LENGTH + " characters");
        }
        int hash = line.indexOf('#');
        String entry = (hash < 0 ? line : line.substring(0, hash))
                .replace("\uFEFF", "")
                .strip();
        if (entry.isEmpty()) {
            return;
        }
        if (names.count() == MAX_NAMES) {
            throw new IllegalArgumentException(position + ": more than " + MAX_NAMES + " names; set a limit");
        }
        if (!names.add(name(entry))) {
            throw new IllegalArgumentException(
                    position + ": expected a domain name or rank,name, found '" + shown(entry) + "'");
        }
    }

    private static String name(String entry) {
        int comma = entry.indexOf(',');
        boolean ranked = comma > 0 && entry.chars().limit(comma).allMatch(c -> c >= '0' && c <= '9');
        return ranked ? entry.substring(comma + 1).strip() : entry;
    }

    /** A line of a file that is no text must not reach the terminal as it is. */
    private static String shown(String entry) {
        String clean = entry.replaceAll("[\\p{Cc}\\p{Cf}]", "?");
        return clean.length() > 80 ? clean.substring(0, 80) + "..." : clean;
    }
}

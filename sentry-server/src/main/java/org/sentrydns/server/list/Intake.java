package org.sentrydns.server.list;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Takes lists in and refuses what is none.
 *
 * @param reading makes sets of them
 */
record Intake(Reading reading) {
    private static final int START = 1024;

    /** A file of the user's: even an empty one says something. */
    ReadList file(Path file, long maxBytes) throws IOException, InterruptedException {
        return read(file, maxBytes, false);
    }

    /** What came from an address, or a copy of it. */
    ReadList download(Path file, long maxBytes) throws IOException, InterruptedException {
        return read(file, maxBytes, true);
    }

    private ReadList read(Path file, long maxBytes, boolean download) throws IOException, InterruptedException {
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = Unpacked.open(raw, maxBytes)) {
            if (download) {
                refusePage(in);
            }
            ReadList read = reading.read(in);
            refuseGibberish(read.report());
            return read;
        } catch (ClosedByInterruptException e) {
            throw (InterruptedException) new InterruptedException("while a list was read").initCause(e);
        } catch (OutOfMemoryError e) {
            // The attempt has freed what it took; the list that is in, and all others, can go on.
            throw new IOException("there is not enough memory for it (see -Xmx)", e);
        }
    }

    /** Portals of hotels, and servers that are sorry, answer 200 with a page. */
    private static void refusePage(InputStream in) throws IOException {
        String start = new String(Unpacked.start(in, START), StandardCharsets.UTF_8);
        String text = (start.startsWith("\uFEFF") ? start.substring(1) : start)
                .strip()
                .toLowerCase(Locale.ROOT);
        if (text.isEmpty() && start.length() < START) {
            throw new IOException("it is empty");
        }
        if (text.startsWith("<!doctype html") || text.startsWith("<html")) {
            throw new IOException("it is a web page, no list");
        }
    }

    private static void refuseGibberish(ListReport report) throws IOException {
        if (report.unreadable() > 0 && report.names() + report.exceptions() + report.patterns() == 0) {
            throw new IOException("it is no list: of its " + report.unreadable() + " lines none can be read");
        }
    }
}

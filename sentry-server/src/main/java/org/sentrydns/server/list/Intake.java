package org.sentrydns.server.list;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Takes lists in and refuses what is none.
 *
 * @param reading makes sets of them
 */
record Intake(Reading reading) {
    private static final int START = 1024;

    /**
     * A page's first marks, wherever they are in a line that is none of a list's: neither a comment nor a rule about what
     * pages hold.
     */
    private static final Pattern PAGE = Pattern.compile(
            "^\\s*+(?:<.*|(?![!;/|@])[^#$\\n]*)?(?:<html|<!doctype|<\\?xml)",
            Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    /** A file of the user's: even an empty one says something. */
    ReadList file(DomainList list, Path file) throws IOException, InterruptedException {
        return read(list, file, false);
    }

    /** What came from an address, or a copy of it. */
    ReadList download(DomainList list, Path file) throws IOException, InterruptedException {
        return read(list, file, true);
    }

    private ReadList read(DomainList list, Path file, boolean download) throws IOException, InterruptedException {
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = Unpacked.open(raw, list.source().maxBytes());
                TextGuard text = new TextGuard(in)) {
            refusePage(in, download);
            ReadList read = reading.read(text);
            refuseGibberish(read.report());
            if (!text.saysEmpty()) {
                refuseLoss(list, read.report());
            }
            return read;
        } catch (ClosedByInterruptException e) {
            throw (InterruptedException) new InterruptedException("while a list was read").initCause(e);
        } catch (OutOfMemoryError e) {
            // Where HeapRoom has not seen it come, and the virtual machine goes on: what the attempt took is free
            // again.
            throw new IOException("there is not enough memory for it (see -Xmx)", e);
        }
    }

    /** Portals of hotels, and servers that are sorry, answer 200 with a page; and a script saves it as a file. */
    private static void refusePage(InputStream in, boolean download) throws IOException {
        String start = new String(Unpacked.start(in, START), StandardCharsets.UTF_8);
        String text = start.startsWith("\uFEFF") ? start.substring(1) : start;
        if (download && text.isBlank() && start.length() < START) {
            throw new IOException("it is empty");
        }
        if (PAGE.matcher(text).find()) {
            throw new IOException("it is a web page, no list");
        }
    }

    /** A few bad lines are in many lists; a text that happens to have a readable line is none. */
    private static void refuseGibberish(ListReport report) throws IOException {
        int readable = report.entries() + report.duplicates() + report.ignored();
        if (report.unreadable() > 0 && report.entries() == 0) {
            throw new IOException("it is no list: of its " + report.unreadable() + " lines none can be read, such as "
                    + first(report));
        }
        if (report.unreadable() > readable) {
            throw new IOException("it is no list: " + report.unreadable() + " lines cannot be read, such as "
                    + first(report) + "; and only " + readable + " can");
        }
    }

    /** What is meant as a list, but written in another way, can be put right by it. */
    private static String first(ListReport report) {
        ListReport.BadLine bad = report.firstUnreadable().getFirst();
        return "line " + bad.number() + " '" + bad.text() + "': " + bad.reason();
    }

    /** Nobody can tell a list whose entries were taken out from one that was lost, unless a comment says so; its title is none. */
    private static void refuseLoss(DomainList list, ListReport fresh) throws IOException {
        boolean loss = fresh.entries() == 0
                && list.report().filter(report -> report.entries() > 0).isPresent();
        if (loss) {
            throw new IOException((fresh.ignored() == 0 ? "it is empty" : "it has no entries")
                    + " (a comment line with the word 'empty' would say that this is meant)");
        }
    }
}

package org.sentrydns.server.list;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.xbill.DNS.Type;

/** ListTexts as texts. */
final class ListTexts {
    private ListTexts() {}

    /** Reads a list whose lines are parted by {@code \n}. */
    static ReadList read(String list) {
        return read(list.replace("\\n", "\n").replace("\\t", "\t").getBytes(StandardCharsets.UTF_8));
    }

    static ReadList read(byte[] list) {
        try {
            return ListReader.read(new ByteArrayInputStream(list));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a list says about {@code name} or {@code name TYPE}: the line and its action, or "-". */
    static String find(ReadList list, String question) {
        String[] words = question.split(" ", 2);
        int type = words.length > 1 ? Type.value(words[1]) : Type.A;
        DomainSet.Found found = list.set().find(words[0], type);
        if (found == null) {
            return "-";
        }
        return switch (found.action()) {
            case UNSPECIFIED -> "" + found.line();
            case NXDOMAIN, NODATA, DROP -> found.line() + " " + found.action();
        };
    }

    /** The counts of a report: names, exceptions, patterns, duplicates, ignored, unreadable. */
    static String counts(ReadList list) {
        ListReport report = list.report();
        return "%d %d %d %d %d %d"
                .formatted(
                        report.names(),
                        report.exceptions(),
                        report.patterns(),
                        report.duplicates(),
                        report.ignored(),
                        report.unreadable());
    }
}

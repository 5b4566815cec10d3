package org.sentrydns.server.list;

import java.io.IOException;
import java.io.InputStream;

/** Reads a list in any of the formats. Confined to one thread. */
public final class ListReader {
    private final ListDraft draft = new ListDraft();
    private final Line line = new Line();
    private final HostsLine hosts = new HostsLine(draft);
    private final NameLine names = new NameLine(draft);

    private ListReader() {}

    /**
     * Reads a list to its end. A line that cannot be read is reported and says nothing; it ends nothing.
     *
     * @param in the list, as it is (no longer compressed)
     * @throws IOException if reading fails
     */
    public static ReadList read(InputStream in) throws IOException {
        return new ListReader().readAll(new LineSource(in));
    }

    private ReadList readAll(LineSource source) throws IOException {
        while (source.next(line)) {
            try {
                if (line.tooLong()) {
                    throw new UnreadableLineException("the line is longer than " + LineSource.LONGEST + " bytes");
                }
                if (!line.isEmpty()) {
                    readLine();
                }
            } catch (UnreadableLineException e) {
                draft.unreadable(line, e.reason());
            }
        }
        return draft.finish();
    }

    /** Each line is recognised by itself, since people put lists of different kinds together. */
    private void readLine() throws UnreadableLineException, IOException {
        switch (line.at(0)) {
            case '!', ';', '[' -> {}
            case '#' -> {
                if (Cosmetic.startsLine(line)) {
                    draft.ignore();
                }
            }
            default -> readWords();
        }
    }

    private void readWords() throws UnreadableLineException, IOException {
        line.split();
        if (line.cosmetic()) {
            draft.ignore();
        } else if (line.words() == 1) {
            if (!names.readPlain(line)) {
                names.read(line);
            }
        } else if (line.words() > 1 && HostsLine.fits(line)) {
            hosts.read(line);
        } else if (line.words() > 1) {
            throw new UnreadableLineException("expected one name, an address and names, or a comment behind '#'");
        }
    }
}

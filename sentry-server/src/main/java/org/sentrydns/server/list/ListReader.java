package org.sentrydns.server.list;

import java.io.IOException;
import java.io.InputStream;

/** Reads a list in any of the formats. Confined to one thread. */
public final class ListReader {
    /** Of that many lines, whatever is in them, */
    private static final int LINES = 1000;

    /** that many bytes may be kept. */
    private static final long LINES_BYTES = 1 << 20;

    private final ListDraft draft = new ListDraft();
    private final Line line = new Line();
    private final HostsLine hosts = new HostsLine(draft);
    private final NameLine names = new NameLine(draft);
    private final AdblockLine adblock = new AdblockLine(draft);
    private final ZoneLine zone = new ZoneLine(draft);
    private final DnsmasqLine dnsmasq = new DnsmasqLine(draft);

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
        boolean more = true;
        for (int lines = 0; more; lines++) {
            if (lines % LINES == 0) {
                HeapRoom.HEAP.take(LINES_BYTES);
            }
            try {
                more = source.next(line);
                if (more) {
                    readLine();
                } else {
                    zone.end();
                }
            } catch (UnreadableLineException e) {
                draft.unreadable(line, e.reason());
            }
        }
        return draft.finish();
    }

    private void readLine() throws UnreadableLineException, IOException {
        if (line.tooLong()) {
            throw new UnreadableLineException("the line is longer than " + LineSource.LONGEST + " bytes");
        }
        if (zone.isOpen()) {
            zone.read(line);
        } else if (!line.isEmpty()) {
            readByItself();
        }
    }

    /** Each line is recognised by itself, since people put lists of different kinds together. */
    private void readByItself() throws UnreadableLineException, IOException {
        switch (line.at(0)) {
            case '!', ';', '[' -> {}
            case '#' -> {
                if (Cosmetic.startsLine(line)) {
                    draft.ignore();
                }
            }
            case '|' -> adblock();
            case '@' -> {
                if (line.at(1) == '@') {
                    adblock();
                } else {
                    readWords();
                }
            }
            case '$' -> {
                if (ZoneLine.isDirective(line)) {
                    zone.read(line);
                } else {
                    adblock();
                }
            }
            case '/' -> {
                if (line.at(1) != '/') {
                    adblock();
                }
            }
            default -> readWords();
        }
    }

    private void adblock() throws UnreadableLineException, IOException {
        if (!adblock.readPlain(line)) {
            adblock.read(line);
        }
    }

    private void readWords() throws UnreadableLineException, IOException {
        line.split();
        if (line.words() == 1 && !line.cosmetic()) {
            if (!names.readPlain(line)) {
                readOddWord();
            }
        } else if (line.cosmetic()) {
            draft.ignore();
        } else if (line.words() > 1) {
            readManyWords();
        }
    }

    private void readManyWords() throws UnreadableLineException, IOException {
        if (HostsLine.fits(line)) {
            hosts.read(line);
        } else if (zone.fits(line)) {
            zone.read(line);
        } else if (DnsmasqLine.fits(line)) {
            dnsmasq.read(line);
        } else if (AdblockLine.fits(line.word(0))) {
            adblock.read(line);
        } else if (zone.isStarted()) {
            zone.read(line);
        } else {
            throw new UnreadableLineException("expected one name, an address and names, or a comment behind '#'");
        }
    }

    private void readOddWord() throws UnreadableLineException, IOException {
        if (DnsmasqLine.fits(line)) {
            dnsmasq.read(line);
        } else if (AdblockLine.fits(line.word(0))) {
            adblock.read(line);
        } else {
            names.read(line);
        }
    }
}

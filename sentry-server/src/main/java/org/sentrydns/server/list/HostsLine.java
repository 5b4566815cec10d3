package org.sentrydns.server.list;

import java.io.IOException;

/** {@code 0.0.0.0 ads.example.com more.example.com # why}. Confined to one thread. */
final class HostsLine {
    private final ListDraft draft;
    private final NameBuffer name = new NameBuffer();

    HostsLine(ListDraft draft) {
        this.draft = draft;
    }

    /** Whether a line of several words starts with an address. */
    static boolean fits(Line line) {
        int start = line.wordStart(0);
        int end = line.wordEnd(0);
        return Addresses.isIpv4(line.bytes(), start, end)
                || (hasColon(line.bytes(), start, end) && Addresses.isAddress(line.word(0)));
    }

    private static boolean hasColon(byte[] text, int from, int to) {
        for (int at = from; at < to; at++) {
            if (text[at] == ':') {
                return true;
            }
        }
        return false;
    }

    void read(Line line) throws UnreadableLineException, IOException {
        // All are read before the first is kept: a line is taken as a whole or not at all.
        for (int word = 1; word < line.words(); word++) {
            if (!LocalNames.contains(line, word)) {
                name(line, word);
            }
        }
        for (int word = 1; word < line.words(); word++) {
            if (LocalNames.contains(line, word)) {
                draft.ignore();
            } else {
                if (line.words() > 2) {
                    name(line, word);
                }
                draft.name(name, Meaning.WHOLE, line.number());
            }
        }
    }

    private void name(Line line, int word) throws UnreadableLineException {
        if (!name.readPlain(line.bytes(), line.wordStart(word), line.wordEnd(word))) {
            name.read(line.word(word));
        }
    }
}

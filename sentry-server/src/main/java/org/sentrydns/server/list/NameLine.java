package org.sentrydns.server.list;

import java.io.IOException;

/** One name: {@code example.com}, {@code .example.com} and {@code *.example.com}. Confined to one thread. */
final class NameLine {
    private final ListDraft draft;
    private final NameBuffer name = new NameBuffer();

    NameLine(ListDraft draft) {
        this.draft = draft;
    }

    /** Takes an ordinary name, the fast way, and says whether the word is one. */
    boolean readPlain(Line line) throws IOException {
        boolean plain = name.readPlain(line.bytes(), line.wordStart(0), line.wordEnd(0));
        if (plain && DnsmasqLine.isOption(name)) {
            draft.ignore();
        } else if (plain) {
            draft.name(name, Meaning.WHOLE, line.number());
        }
        return plain;
    }

    void read(Line line) throws UnreadableLineException, IOException {
        String word = line.word(0);
        if (word.startsWith("*.")) {
            name.read(word.substring(2));
            draft.name(name, Meaning.ONLY_BELOW, line.number());
        } else {
            name.read(word.length() > 1 && word.startsWith(".") ? word.substring(1) : word);
            draft.name(name, Meaning.WHOLE, line.number());
        }
    }
}

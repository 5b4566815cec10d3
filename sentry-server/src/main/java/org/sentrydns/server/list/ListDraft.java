package org.sentrydns.server.list;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A list while it is being read. Confined to one thread. */
final class ListDraft {
    private final NameTableBuilder names = new NameTableBuilder();
    private final PatternTableBuilder patterns = new PatternTableBuilder();
    private final List<Runnable> removals = new ArrayList<>();
    private final List<ListReport.BadLine> firstUnreadable = new ArrayList<>();
    private int duplicates;
    private int ignored;
    private int unreadable;

    /** @throws IOException if the list is too long */
    void name(NameBuffer name, Meaning meaning, int line) throws IOException {
        if (!names.add(name, meaning, line)) {
            duplicates++;
        }
    }

    /** @throws UnreadableLineException if it is no regular expression */
    void pattern(String regex, boolean dotted, Meaning meaning, int line) throws UnreadableLineException {
        if (!patterns.add(regex, dotted, meaning, line)) {
            duplicates++;
        }
    }

    /** Takes the identical entry out, wherever in the list it stands. */
    void withoutName(NameBuffer name, Meaning meaning) {
        NameBuffer copy = new NameBuffer(name);
        removals.add(() -> names.remove(copy, meaning));
    }

    void withoutPattern(String regex, boolean dotted, Meaning meaning) {
        removals.add(() -> patterns.remove(regex, dotted, meaning));
    }

    /** A line is none of our business. */
    void ignore() {
        ignored++;
    }

    void unreadable(Line line, String reason) {
        unreadable++;
        if (firstUnreadable.size() < ListReport.SHOWN) {
            firstUnreadable.add(new ListReport.BadLine(line.number(), BadText.shown(line.text()), reason));
        }
    }

    /** @throws IOException if there is too little memory */
    ReadList finish() throws IOException {
        removals.forEach(Runnable::run);
        names.reserve();
        ListReport report = new ListReport(
                names.names(),
                names.exceptions(),
                patterns.size(),
                duplicates,
                ignored,
                unreadable,
                List.copyOf(firstUnreadable));
        return new ReadList(new DomainSet(names.build(), patterns.build()), report);
    }
}

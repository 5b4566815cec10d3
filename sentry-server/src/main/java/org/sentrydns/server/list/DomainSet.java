package org.sentrydns.server.list;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sentrydns.api.ListEntry;

/** What one list says about names. Immutable. */
public final class DomainSet {
    /** Matches nothing: a list that is not in yet. */
    public static final DomainSet EMPTY =
            new DomainSet(new NameTableBuilder().build(), new PatternTableBuilder().build());

    private final NameTable names;
    private final PatternTable patterns;

    DomainSet(NameTable names, PatternTable patterns) {
        this.names = names;
        this.patterns = patterns;
    }

    /**
     * An entry that a name was found by.
     *
     * @param line counted from 1
     * @param action what the list wants to happen
     */
    public record Found(int line, ListEntry.Action action) {}

    /**
     * Looks a name up.
     *
     * @param name in presentation form (RFC 1035 section 5.1), ASCII letters in lower case, without the final dot; the root
     *     is "."
     * @param type the type that is asked for
     * @return null if the list does not have the name, or takes it out again
     */
    public @Nullable Found find(String name, int type) {
        long named = names.find(name.equals(".") ? "" : name, type);
        ListPattern pattern = patterns.isEmpty() ? null : stronger(NameTable.rank(named), name, type);
        if (pattern == null) {
            return names.found(named);
        }
        return pattern.meaning().exception()
                ? null
                : new Found(pattern.line(), Meaning.action(pattern.meaning().flags()));
    }

    /** The strongest of the patterns that match, if it is stronger than what is known. */
    private @Nullable ListPattern stronger(int known, String name, int type) {
        Strongest strongest = new Strongest(known, name, type);
        patterns.findMatching(name, strongest);
        return strongest.pattern;
    }

    /** Confined to one thread. */
    private static final class Strongest implements Consumer<ListPattern> {
        private final String name;
        private final int type;
        private int rank;
        private @Nullable ListPattern pattern;

        Strongest(int rank, String name, int type) {
            this.rank = rank;
            this.name = name;
            this.type = type;
        }

        @Override
        public void accept(ListPattern other) {
            Meaning meaning = other.meaning();
            int otherRank = NameTable.rankOfPattern(meaning.flags());
            if (otherRank > rank
                    && (meaning.modifiers() == null || meaning.modifiers().allow(name, type))) {
                rank = otherRank;
                pattern = other;
            }
        }
    }
}

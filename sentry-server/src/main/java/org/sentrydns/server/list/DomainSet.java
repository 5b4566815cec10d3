package org.sentrydns.server.list;

import org.jspecify.annotations.Nullable;
import org.sentrydns.api.ListEntry;

/** What one list says about names. Immutable. */
public final class DomainSet {
    /** Matches nothing: a list that is not in yet. */
    public static final DomainSet EMPTY = new DomainSet();

    private DomainSet() {}

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
        return null;
    }
}

package org.sentrydns.server.list;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sentrydns.api.ListEntry;

/**
 * What an entry says about its name. Immutable.
 *
 * @param flags fits into seven bits, for the tables
 * @param modifiers when the entry counts at all; null if always
 */
record Meaning(int flags, @Nullable Modifiers modifiers) {
    private static final int SELF = 1;
    private static final int BELOW = 1 << 1;
    private static final int EXCEPTION = 1 << 2;
    private static final int IMPORTANT = 1 << 3;
    private static final int ACTION_SHIFT = 4;
    private static final int ACTION_MASK = 3 << ACTION_SHIFT;
    private static final int OF_ZONE = 1 << 6;
    private static final List<ListEntry.Action> ACTIONS = List.of(ListEntry.Action.values());

    /** The name and all names below it: what a list of names means. */
    static final Meaning WHOLE = new Meaning(SELF | BELOW, null);

    static final Meaning ONLY_SELF = new Meaning(SELF, null);
    static final Meaning ONLY_BELOW = new Meaning(BELOW, null);

    Meaning excepting() {
        return new Meaning(flags | EXCEPTION, modifiers);
    }

    Meaning onlySelf() {
        return new Meaning(flags & ~BELOW, modifiers);
    }

    Meaning onlyBelow() {
        return new Meaning(flags & ~SELF, modifiers);
    }

    /** Among the entries of a response policy zone, the most specific one decides. */
    Meaning ofZone() {
        return new Meaning(flags | OF_ZONE, modifiers);
    }

    Meaning with(ListEntry.Action action) {
        return new Meaning((flags & ~ACTION_MASK) | (ACTIONS.indexOf(action) << ACTION_SHIFT), modifiers);
    }

    Meaning with(AdblockOptions options) {
        return new Meaning(options.important() ? flags | IMPORTANT : flags, options.modifiers());
    }

    boolean exception() {
        return isException(flags);
    }

    static boolean isException(int flags) {
        return (flags & EXCEPTION) != 0;
    }

    static ListEntry.Action action(int flags) {
        return ACTIONS.get((flags & ACTION_MASK) >> ACTION_SHIFT);
    }

    /**
     * Whether an entry reaches a name.
     *
     * @param self whether it is the entry's own name, not one below it
     */
    static boolean reaches(int flags, boolean self) {
        return (flags & (self ? SELF : BELOW)) != 0;
    }

    static boolean isOfZone(int flags) {
        return (flags & OF_ZONE) != 0;
    }

    /**
     * Which entry decides: an exception stands above what it excepts, and an important entry above both. In a zone, what
     * is more specific stands above what is less.
     */
    static int priority(int flags) {
        return isOfZone(flags) ? 0 : ((flags & IMPORTANT) != 0 ? 2 : 0) + (isException(flags) ? 1 : 0);
    }
}

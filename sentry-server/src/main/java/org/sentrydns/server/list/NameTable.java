package org.sentrydns.server.list;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.config.DomainNames;

/**
 * What a list says about names that it holds letter by letter. Immutable.
 *
 * <p>A million names must not be a million objects: the names are bytes in a few large arrays ({@link Entries}), and a hash
 * table with open addressing holds their offsets. One pass over a name, from its end, looks up the name and all names
 * above it; nothing is allocated. The same name may have several entries, which lie in the same run of slots.
 */
final class NameTable {
    /** No entry matches. */
    static final long NONE = -1;

    private static final int LEVEL_BITS = 11;

    private final Entries entries;
    private final int[] slots;
    /** How many bits of a slot are the offset; those above hold a part of the name's hash, so that few other names are looked at. */
    private final int offsetBits;

    private final List<Modifiers> modifiers;
    private final boolean topLevel;
    private final boolean everyName;
    private final boolean zone;

    /**
     * @param offsetBits how many bits of a slot are the offset of an entry
     * @param topLevel whether a name of one label has an entry
     * @param modifiers of the entries; number 0 stands for none
     * @param everyName whether an entry stands at the root
     * @param zone whether entries of a response policy zone are among them
     */
    NameTable(
            Entries entries,
            int[] slots,
            int offsetBits,
            boolean topLevel,
            List<Modifiers> modifiers,
            boolean everyName,
            boolean zone) {
        this.entries = entries;
        this.slots = slots;
        this.offsetBits = offsetBits;
        this.topLevel = topLevel;
        this.modifiers = modifiers;
        this.everyName = everyName;
        this.zone = zone;
    }

    /** What the arrays take. */
    long bytes() {
        return entries.bytes() + 4L * slots.length;
    }

    /**
     * Finds the entry that decides about a name.
     *
     * @param name in presentation form, without the final dot, empty for the root
     * @return {@link #NONE}, or the entry in the lower half and its rank in the upper one
     */
    long find(String name, int type) {
        long best = find(name, type, false);
        if (!zone) {
            return best;
        }
        long ofZone = find(name, type, true);
        return rank(ofZone) > rank(best) ? ofZone : best;
    }

    /** @param ofZone whether only entries of a zone are looked at, or only others */
    private long find(String name, int type, boolean ofZone) {
        int end = name.length();
        int hash = NameHash.START;
        long best = everyName && end > 0 ? better(NONE, name, end, hash, type, ofZone) : NONE;
        boolean known = topLevel;
        for (int at = end - 1; at >= 0; at--) {
            char letter = name.charAt(at);
            if (letter == '.' && DomainNames.isBoundary(name, at)) {
                best = known ? better(best, name, at + 1, hash, type, ofZone) : best;
                known = true;
            }
            hash = NameHash.step(hash, letter);
        }
        return known || end == 0 ? better(best, name, 0, hash, type, ofZone) : best;
    }

    private long better(long known, String name, int from, int hash, int type, boolean ofZone) {
        long best = known;
        // In a zone, the wildcards above a name that exists do not reach below it (RFC 4592 section 2.2.1).
        boolean ends = ofZone && from > 0;
        int slot = NameHash.slot(hash, slots.length);
        int tag = NameHash.tag(hash, offsetBits);
        for (int value = slots[slot]; value != Entries.NONE; value = slots[slot]) {
            int at = value & offsetMask(offsetBits);
            if (value == (tag | at) && entries.hasName(at, name, from)) {
                int flags = entries.flags(at);
                if (Meaning.isOfZone(flags) == ofZone) {
                    best = ends ? NONE : best;
                    ends = false;
                    best = better(best, at, name, from, type);
                }
            }
            slot = NameHash.next(slot, slots.length);
        }
        return best;
    }

    private long better(long known, int at, String name, int from, int type) {
        int flags = entries.flags(at);
        int rank = rank(flags, name.length() - from);
        boolean better = rank > rank(known) && Meaning.reaches(flags, from == 0) && allows(at, name, type);
        return better ? ((long) rank << 32) | (at & 0xffffffffL) : known;
    }

    /** What is the offset in a slot. */
    static int offsetMask(int offsetBits) {
        return offsetBits == 32 ? -1 : (1 << offsetBits) - 1;
    }

    private boolean allows(int at, String name, int type) {
        int number = entries.modifiers(at);
        return number == 0 || modifiers.get(number - 1).allow(name, type);
    }

    /** @param level how long the entry's name is: among those that match, longer is more specific */
    private static int rank(int flags, int level) {
        int except = Meaning.isOfZone(flags) && Meaning.isException(flags) ? 1 : 0;
        return (((Meaning.priority(flags) << LEVEL_BITS) | level) << 1) | except;
    }

    /** The rank of a pattern, which is less specific than any name. */
    static int rankOfPattern(int flags) {
        return rank(flags, 0);
    }

    static int rank(long found) {
        return (int) (found >> 32);
    }

    DomainSet.@Nullable Found found(long found) {
        if (found == NONE || Meaning.isException(entries.flags((int) found))) {
            return null;
        }
        int at = (int) found;
        return new DomainSet.Found(entries.line(at), Meaning.action(entries.flags(at)));
    }
}

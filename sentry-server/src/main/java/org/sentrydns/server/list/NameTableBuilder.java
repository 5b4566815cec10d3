package org.sentrydns.server.list;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects names for a {@link NameTable}, each entry once. Confined to one thread. */
final class NameTableBuilder {
    private static final int FIRST_SLOTS = 1 << 10;
    /** Slots an entry: runs stay short, since each step of a run is a look at a name elsewhere in memory. */
    private static final int ROOM = 2;

    private final Entries entries = new Entries();
    private final Map<Modifiers, Integer> modifiers = new HashMap<>();
    private final List<Modifiers> numberedModifiers = new ArrayList<>();
    private int[] slots = new int[FIRST_SLOTS];
    private int count;
    private int exceptions;
    private boolean everyName;
    private boolean zone;

    int names() {
        return count - exceptions;
    }

    int exceptions() {
        return exceptions;
    }

    /**
     * Adds an entry.
     *
     * @return false if it is there
     * @throws IOException if the list is too long
     */
    boolean add(NameBuffer name, Meaning meaning, int line) throws IOException {
        int number = number(meaning.modifiers());
        int slot = slot(name, meaning.flags(), number);
        if (slots[slot] != Entries.NONE) {
            return false;
        }
        slots[slot] = entries.add(name, meaning.flags(), line, number);
        everyName |= name.length() == 0;
        zone |= Meaning.isOfZone(meaning.flags());
        count(meaning, 1);
        if (count * ROOM > slots.length) {
            int more = Math.multiplyExact(slots.length, 2);
            HeapRoom.HEAP.take((long) Integer.BYTES * more);
            slots = slots(more);
        }
        return true;
    }

    /** Takes an entry out, if it is there. */
    void remove(NameBuffer name, Meaning meaning) {
        int at = slots[slot(name, meaning.flags(), number(meaning.modifiers()))];
        if (at != Entries.NONE) {
            entries.remove(at);
            count(meaning, -1);
        }
    }

    private void count(Meaning meaning, int change) {
        count += change;
        exceptions += meaning.exception() ? change : 0;
    }

    /**
     * To be called before {@link #build}.
     *
     * @throws IOException if there is too little memory for that
     */
    void reserve() throws IOException {
        HeapRoom.HEAP.take((long) Integer.BYTES * count * ROOM);
    }

    NameTable build() {
        int[] enough = slots(Math.max(2, count * ROOM));
        int offsetBits = 32 - Integer.numberOfLeadingZeros(entries.end());
        boolean topLevel = false;
        for (int slot = 0; slot < enough.length; slot++) {
            int at = enough[slot];
            if (at != Entries.NONE) {
                enough[slot] = NameHash.tag(entries.hash(at), offsetBits) | at;
                topLevel |= entries.isTopLevel(at);
            }
        }
        entries.trim();
        return new NameTable(entries, enough, offsetBits, topLevel, List.copyOf(numberedModifiers), everyName, zone);
    }

    private int number(@Nullable Modifiers some) {
        if (some == null) {
            return 0;
        }
        return modifiers.computeIfAbsent(some, fresh -> {
            numberedModifiers.add(fresh);
            return numberedModifiers.size();
        });
    }

    /** Where such an entry is, or where it goes. */
    private int slot(NameBuffer name, int flags, int number) {
        int slot = NameHash.slot(name.hash(), slots.length);
        for (int at = slots[slot]; at != Entries.NONE; at = slots[slot]) {
            if (entries.hasName(at, name) && entries.flags(at) == flags && entries.modifiers(at) == number) {
                return slot;
            }
            slot = NameHash.next(slot, slots.length);
        }
        return slot;
    }

    /** All entries anew: they are hashed in the order in which they lie in memory, which is fast, and nothing keeps hashes. */
    private int[] slots(int size) {
        int[] fresh = new int[size];
        for (int at = entries.next(Entries.NONE); at != Entries.NONE; at = entries.next(at)) {
            if (!entries.isRemoved(at)) {
                int slot = NameHash.slot(entries.hash(at), size);
                while (fresh[slot] != Entries.NONE) {
                    slot = NameHash.next(slot, size);
                }
                fresh[slot] = at;
            }
        }
        return fresh;
    }
}

package org.sentrydns.server.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PositionIndexTest {
    private final PositionIndex index = new PositionIndex();

    private Set<Long> positions(long print) {
        Set<Long> found = new HashSet<>();
        for (int slot = index.home(print); !index.isFree(slot); slot = index.next(slot)) {
            if (index.mayBe(slot, print)) {
                found.add(index.low(slot));
            }
        }
        return found;
    }

    private int slot(long print, long position) {
        int slot = index.home(print);
        while (index.low(slot) != position || !index.mayBe(slot, print)) {
            assertTrue(!index.isFree(slot), () -> position + " is not there");
            slot = index.next(slot);
        }
        return slot;
    }

    @Test
    void whatIsAdded_isFoundUntilItIsRemoved_evenIfManyHaveTheSamePrint() {
        Random random = new Random(1);
        List<Long> known = new ArrayList<>();
        for (long position = 0; position < 20_000; position++) {
            index.add(print(position), position % 2 == 0, position);
            known.add(position);
            if (random.nextInt(3) > 0) {
                long leaves = known.remove(random.nextInt(known.size()));
                index.remove(slot(print(leaves), leaves));
            }
        }
        assertEquals(known.size(), index.size());
        for (long position : known) {
            assertTrue(positions(print(position)).contains(position), () -> position + " is lost");
            assertEquals(position % 2 == 0, index.isInSecond(slot(print(position), position)));
        }
    }

    /** Few prints, and close together. */
    private static long print(long position) {
        return position % 700;
    }

    @Test
    void whatMoves_isFoundAtItsNewPlace() {
        index.add(5, false, 17);
        index.move(slot(5, 17), true, (1L << 41) + 99);
        assertEquals(Set.of(99L), positions(5));
        assertTrue(index.isInSecond(slot(5, 99)));
    }
}

package org.sentrydns.server.regex;

/**
 * The expressions that may match a name, in ascending order of their numbers. Confined to one thread.
 *
 * <p>Walk with {@code for (int c = candidates.next(); c >= 0; c = candidates.next())}.
 */
public final class Candidates {
    private final int[] found;
    private final int[] always;
    private int nextFound;
    private int nextAlways;
    private boolean certain;

    Candidates(int[] found, int[] always, int after) {
        this.found = found;
        this.always = always;
        this.nextFound = firstBehind(found, after);
        this.nextAlways = firstBehind(always, after);
    }

    private static int firstBehind(int[] entries, int after) {
        int at = 0;
        while (at < entries.length && number(entries[at]) <= after) {
            at++;
        }
        return at;
    }

    static int entry(int number, boolean certain) {
        return number << 1 | (certain ? 1 : 0);
    }

    private static int number(int entry) {
        return entry >> 1;
    }

    /** The next number, or -1 behind the last. */
    public int next() {
        int fromFound = nextFound < found.length ? found[nextFound] : Integer.MAX_VALUE;
        int fromAlways = nextAlways < always.length ? always[nextAlways] : Integer.MAX_VALUE;
        int entry = Math.min(fromFound, fromAlways);
        if (entry == Integer.MAX_VALUE) {
            return -1;
        }
        nextFound += entry == fromFound ? 1 : 0;
        nextAlways += entry == fromAlways ? 1 : 0;
        certain = (entry & 1) != 0;
        return number(entry);
    }

    /** Whether the expression that {@link #next} has named surely matches, so that it need not be tried. */
    public boolean isCertain() {
        return certain;
    }
}

package org.sentrydns.server.regex;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A few strings, of which one is there. Immutable.
 *
 * @param all the strings, at most {@link #MAX}, or as many as the expression writes out itself
 * @param isWhole false if they were too many, and the set was replaced by the one that says nothing
 */
record Strings(Set<String> all, boolean isWhole) {
    /** More strings would fill the trie more than they narrow the search. */
    static final int MAX = 40;

    /** Characters of all together: those of a name at its longest, written out, and a little more. */
    private static final int MAX_CHARACTERS = 1_100;

    /** The empty string is always there: this says nothing. */
    static final Strings EMPTY = new Strings(Set.of(""), true);

    private static final Strings TOO_MANY = new Strings(Set.of(""), false);

    /** One string for each character. */
    static Strings ofEach(char[] characters) {
        Set<String> all = new LinkedHashSet<>();
        for (char c : characters) {
            all.add(String.valueOf(c));
        }
        return new Strings(all, true);
    }

    /**
     * One of any of these.
     *
     * @param room characters that they may have where they are more than {@link #MAX}
     */
    static Strings union(Collection<Strings> sets, long room) {
        Set<String> all = new LinkedHashSet<>();
        for (Strings set : sets) {
            all.addAll(set.all);
        }
        return all.size() <= MAX || characters(all) <= room ? new Strings(all, true) : TOO_MANY;
    }

    private static long characters(Set<String> strings) {
        return strings.stream().mapToLong(String::length).sum();
    }

    int size() {
        return all.size();
    }

    boolean saysNothing() {
        return all.contains("");
    }

    /** The rarer of two requirements that both hold. */
    Strings rarer(Strings other) {
        if (other.saysNothing()) {
            return this;
        }
        return saysNothing() || Rarity.cost(other) < Rarity.cost(this) ? other : this;
    }

    /**
     * Each string followed by each of the others; null if those are too many or too long.
     *
     * @param room characters that they may have where they are more than {@link #MAX}
     */
    @Nullable
    Strings join(Strings next, long room) {
        long count = (long) size() * next.size();
        if (count > MAX && size() * characters(next.all) + next.size() * characters(all) > room) {
            return null;
        }
        long most = Math.max(MAX_CHARACTERS, room);
        Set<String> joined = new LinkedHashSet<>();
        long characters = 0;
        for (String left : all) {
            for (String right : next.all) {
                String both = join(left, right);
                characters += both.length();
                if (characters > most) {
                    return null;
                }
                joined.add(both);
            }
        }
        return new Strings(joined, true);
    }

    /** Nothing comes before the start or behind the end: one of the two sides is enough to ask for. */
    private static String join(String left, String right) {
        if (left.isEmpty() || right.isEmpty()) {
            return left + right;
        }
        if (left.charAt(left.length() - 1) == CharSet.END) {
            return left;
        }
        return right.charAt(0) == CharSet.START ? right : left + right;
    }

    /** Whether {@link #join} forgets nothing. */
    boolean joinsCleanly(Strings next) {
        for (String left : all) {
            for (String right : next.all) {
                if (join(left, right).length() != left.length() + right.length()) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The strings, if they are few without those that contain another one: where the longer is, the shorter is too. */
    Set<String> shortest() {
        if (size() > MAX) {
            return new TreeSet<>(all);
        }
        Set<String> kept = new TreeSet<>();
        for (String one : all) {
            if (List.copyOf(all).stream().noneMatch(other -> !other.equals(one) && one.contains(other))) {
                kept.add(one);
            }
        }
        return kept;
    }
}

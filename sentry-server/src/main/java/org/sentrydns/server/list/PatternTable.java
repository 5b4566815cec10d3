package org.sentrydns.server.list;

import java.util.List;

/** The regular expressions of a list. Immutable. */
final class PatternTable {
    private final List<ListPattern> patterns;

    PatternTable(List<ListPattern> patterns) {
        this.patterns = patterns;
    }

    boolean isEmpty() {
        return patterns.isEmpty();
    }

    /**
     * Finds the expressions that match a name, in the order of the list.
     *
     * @param name without its final dot; the root is "."
     */
    List<ListPattern> matching(String name) {
        String dotted = name.equals(".") ? name : name + '.';
        return patterns.stream()
                .filter(pattern -> pattern.matches(name, dotted))
                .toList();
    }
}

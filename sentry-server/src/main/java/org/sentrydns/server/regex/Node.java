package org.sentrydns.server.regex;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression, read. Groups leave no trace but their contents. What a node says is always at least what the
 * expression matches; where it may be more, it says so. Immutable.
 */
sealed interface Node {
    Node EMPTY = new Sequence(List.of());
    Node START = new Chars(CharSet.of(CharSet.START));
    Node END = new Chars(CharSet.of(CharSet.END));
    int UNBOUNDED = Integer.MAX_VALUE;

    /** One character of a set. */
    record Chars(CharSet set) implements Node {
        // As in CharSet: not put together in the middle of a start.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Chars chars && set.equals(chars.set);
        }

        @Override
        public int hashCode() {
            return set.hashCode();
        }
    }

    /** One behind the other. */
    record Sequence(List<Node> items) implements Node {}

    /** One of them. */
    record Alternation(List<Node> branches) implements Node {}

    /** As often as said, {@link #UNBOUNDED} being no bound. */
    record Repeat(Node body, int min, int max) implements Node {}

    /** Something that must follow or precede, and takes no room. */
    record Beside(Node body) implements Node {}

    /** At most what the body says: a look for what must not be there, a group that never gives back, a case that counts. */
    record AtMost(Node body) implements Node {}

    /** Flat: a sequence within a sequence is one. */
    static Node sequence(List<Node> items) {
        List<Node> flat = new ArrayList<>();
        for (Node item : items) {
            if (item instanceof Sequence inner) {
                flat.addAll(inner.items());
            } else {
                flat.add(item);
            }
        }
        return flat.size() == 1 ? flat.getFirst() : new Sequence(List.copyOf(flat));
    }

    static Node alternation(List<Node> branches) {
        return branches.size() == 1 ? branches.getFirst() : new Alternation(List.copyOf(branches));
    }

    /** Anything at all: what an earlier group matched. */
    static Node anything() {
        return new AtMost(new Repeat(new Chars(CharSet.ANY), 0, UNBOUNDED));
    }

    /** The items of a sequence; any other node is its own only item. */
    static List<Node> items(Node node) {
        return node instanceof Sequence sequence ? sequence.items() : List.of(node);
    }
}

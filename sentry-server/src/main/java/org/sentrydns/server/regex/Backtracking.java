package org.sentrydns.server.regex;

import java.util.List;
import java.util.Optional;

/**
 * Finds the notorious forms of expressions: those that try ever more ways to divide the same characters before they give
 * up. A guess: it may miss one, and may warn of one that is harmless.
 */
final class Backtracking {
    private static final int MANY_ROUNDS = 8;
    private static final int MANY_RUNS = 3;

    private Backtracking() {}

    /** What is risky about it, in words. */
    static Optional<String> risk(Node expression) {
        return switch (expression) {
            case Node.Chars chars -> Optional.empty();
            case Node.Sequence sequence ->
                runs(sequence.items()) >= MANY_RUNS
                        ? Optional.of("one repetition after the other can match the same characters")
                        : firstRisk(sequence.items());
            case Node.Alternation alternation -> firstRisk(alternation.branches());
            case Node.Repeat repeat -> repeated(repeat).or(() -> risk(repeat.body()));
            case Node.Beside beside -> risk(beside.body());
            case Node.AtMost atMost -> risk(atMost.body());
        };
    }

    private static Optional<String> firstRisk(List<Node> nodes) {
        return nodes.stream().flatMap(node -> risk(node).stream()).findFirst();
    }

    private static Optional<String> repeated(Node.Repeat repeat) {
        if (repeat.max() < MANY_ROUNDS) {
            return Optional.empty();
        }
        if (repeat.body() instanceof Node.Alternation alternation && branchesOverlap(alternation.branches())) {
            return Optional.of("a repetition of alternatives that can begin with the same character");
        }
        return divides(repeat.body())
                ? Optional.of("a repetition within a repetition can match the same characters")
                : Optional.empty();
    }

    private static boolean branchesOverlap(List<Node> branches) {
        CharSet before = CharSet.NONE;
        for (Node branch : branches) {
            CharSet leading = leading(branch);
            if (!leading.and(before).isEmpty()) {
                return true;
            }
            before = before.or(leading);
        }
        return false;
    }

    /** Whether a repetition inside can take what its neighbours take, so that rounds have no fixed border. */
    private static boolean divides(Node body) {
        List<Node> items = Node.items(body);
        for (Node item : items) {
            Node bare = item instanceof Node.AtMost ? Node.EMPTY : item;
            if (bare instanceof Node.Alternation alternation
                    && alternation.branches().stream().anyMatch(Backtracking::divides)) {
                return true;
            }
            if (bare instanceof Node.Repeat inner && inner.max() >= MANY_ROUNDS) {
                CharSet taken = all(inner.body());
                if (items.stream().noneMatch(other -> separates(other, taken))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** A character that must be there and that the repetition cannot take. */
    private static boolean separates(Node item, CharSet taken) {
        return item instanceof Node.Chars chars && chars.set().and(taken).isEmpty();
    }

    /** How many unbounded repetitions in this sequence overlap with the one before. */
    private static int runs(List<Node> items) {
        int runs = 0;
        CharSet before = CharSet.NONE;
        for (Node item : items) {
            if (item instanceof Node.Repeat repeat && repeat.max() == Node.UNBOUNDED) {
                CharSet taken = all(repeat.body());
                runs = taken.and(before).isEmpty() ? 1 : runs + 1;
                before = taken;
            } else if (item instanceof Node.Chars chars
                    && chars.set().and(before).isEmpty()) {
                before = CharSet.NONE;
            }
        }
        return runs;
    }

    private static CharSet leading(Node node) {
        return switch (node) {
            case Node.Chars chars -> chars.set();
            case Node.Sequence sequence ->
                sequence.items().isEmpty()
                        ? CharSet.NONE
                        : leading(sequence.items().getFirst());
            case Node.Alternation alternation ->
                alternation.branches().stream().map(Backtracking::leading).reduce(CharSet.NONE, CharSet::or);
            case Node.Repeat repeat -> leading(repeat.body());
            case Node.Beside beside -> CharSet.NONE;
            case Node.AtMost atMost -> leading(atMost.body());
        };
    }

    private static CharSet all(Node node) {
        return switch (node) {
            case Node.Chars chars -> chars.set();
            case Node.Sequence sequence ->
                sequence.items().stream().map(Backtracking::all).reduce(CharSet.NONE, CharSet::or);
            case Node.Alternation alternation ->
                alternation.branches().stream().map(Backtracking::all).reduce(CharSet.NONE, CharSet::or);
            case Node.Repeat repeat -> all(repeat.body());
            case Node.Beside beside -> CharSet.NONE;
            case Node.AtMost atMost -> all(atMost.body());
        };
    }
}

package org.sentrydns.server.regex;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes from the ends of an expression what makes no difference to whether it is found: in {@code ^(.*)ads[0-9]*} only
 * {@code ads} does. An expression is searched, so whatever may be absent at its ends is.
 */
final class Trimmer {
    private static final Node DOT = new Node.Chars(CharSet.of('.'));

    private Trimmer() {}

    static Node trim(Node expression) {
        if (expression instanceof Node.Alternation alternation) {
            return Node.alternation(
                    alternation.branches().stream().map(Trimmer::trim).toList());
        }
        List<Node> items = new ArrayList<>(Node.items(expression));
        boolean changed = true;
        while (changed && !items.isEmpty()) {
            changed = trimFront(items) || trimBack(items);
        }
        if (items.size() == 1 && (Node.START.equals(items.getFirst()) || isEnd(items.getFirst()))) {
            return Node.EMPTY;
        }
        return Node.sequence(items);
    }

    private static boolean trimFront(List<Node> items) {
        if (items.size() > 1 && Node.START.equals(items.getFirst())) {
            if (isRest(items.get(1))) {
                items.subList(0, 2).clear();
                return true;
            }
            if (isLabelsAbove(items.get(1))) {
                items.subList(0, 2).clear();
                items.addFirst(Node.alternation(List.of(Node.START, DOT)));
                return true;
            }
            return false;
        }
        return trimRepeat(items, 0);
    }

    private static boolean trimBack(List<Node> items) {
        int last = items.size() - 1;
        if (last > 0 && isEnd(items.get(last)) && isRest(items.get(last - 1))) {
            items.subList(last - 1, last + 1).clear();
            return true;
        }
        return last >= 0 && trimRepeat(items, last);
    }

    /** What is repeated at an end need not be there more often than it must. */
    private static boolean trimRepeat(List<Node> items, int index) {
        if (!(items.get(index) instanceof Node.Repeat repeat) || repeat.max() == repeat.min()) {
            return false;
        }
        items.remove(index);
        if (repeat.min() > 0) {
            items.add(index, new Node.Repeat(repeat.body(), repeat.min(), repeat.min()));
        }
        return true;
    }

    /** {@code .*} */
    private static boolean isRest(Node node) {
        return node instanceof Node.Repeat repeat
                && repeat.min() == 0
                && repeat.max() == Node.UNBOUNDED
                && isAny(repeat.body());
    }

    /** {@code (.+\.)?} or {@code (.*\.)?}: with the start before it, a place where a label starts. */
    private static boolean isLabelsAbove(Node node) {
        if (!(node instanceof Node.Repeat optional) || optional.min() != 0 || optional.max() != 1) {
            return false;
        }
        List<Node> inner = Node.items(optional.body());
        return inner.size() == 2
                && inner.get(0) instanceof Node.Repeat labels
                && labels.min() <= 1
                && labels.max() == Node.UNBOUNDED
                && isAny(labels.body())
                && inner.get(1).equals(DOT);
    }

    private static boolean isAny(Node node) {
        return node instanceof Node.Chars chars && chars.set().equals(CharSet.ANY);
    }

    private static boolean isEnd(Node node) {
        return node instanceof Node.Alternation alternation
                && alternation.branches().contains(Node.END)
                && alternation.branches().size() == 2;
    }
}

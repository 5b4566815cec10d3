package org.sentrydns.server.regex;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Glushkov's automaton of an expression: a state for each place where it has a character. Needs no going back, so a name
 * costs its length times the number of places at most. Immutable.
 *
 * @param sets the characters of each place
 * @param first the places where a match may begin
 * @param last the places where a match may end
 * @param follow the places that may come after each
 * @param empty whether nothing at all matches
 * @param exact whether the expression matches all that the automaton does
 */
record PositionAutomaton(
        List<CharSet> sets, BitSet first, BitSet last, List<BitSet> follow, boolean empty, boolean exact) {
    private static final int MAX_PLACES = 256;

    /** Empty if it were too large, or the expression asks for the name's start or end twice. */
    static Optional<PositionAutomaton> of(Node expression) {
        Builder builder = new Builder();
        Part part = builder.part(expression);
        if (part == null) {
            return Optional.empty();
        }
        PositionAutomaton automaton =
                new PositionAutomaton(builder.sets, part.first, part.last, builder.follow, part.empty, builder.exact);
        return automaton.meetsTwice(CharSet.START) || automaton.meetsTwice(CharSet.END)
                ? Optional.empty()
                : Optional.of(automaton);
    }

    /** Anchors take no room, but here each is a character of the name, which has one of each. */
    private boolean meetsTwice(char anchor) {
        for (int place = 0; place < sets.size(); place++) {
            if (sets.get(place).has(anchor)
                    && follow.get(place).stream().anyMatch(p -> sets.get(p).has(anchor))) {
                return true;
            }
        }
        return false;
    }

    /** The places that may come before each. */
    List<BitSet> precede() {
        List<BitSet> before = new ArrayList<>();
        follow.forEach(f -> before.add(new BitSet()));
        for (int place = 0; place < follow.size(); place++) {
            int p = place;
            follow.get(place).stream().forEach(next -> before.get(next).set(p));
        }
        return before;
    }

    private record Part(boolean empty, BitSet first, BitSet last) {}

    private static final class Builder {
        private final List<CharSet> sets = new ArrayList<>();
        private final List<BitSet> follow = new ArrayList<>();
        private boolean exact = true;

        @org.jspecify.annotations.Nullable
        Part part(Node node) {
            return switch (node) {
                case Node.Chars chars -> place(chars.set());
                case Node.Sequence sequence -> sequence(sequence.items());
                case Node.Alternation alternation -> alternation(alternation.branches());
                case Node.Repeat repeat -> repeat(repeat);
                case Node.Beside beside -> {
                    exact = false;
                    yield nothing();
                }
                case Node.AtMost atMost -> {
                    exact = false;
                    yield part(atMost.body());
                }
            };
        }

        private static Part nothing() {
            return new Part(true, new BitSet(), new BitSet());
        }

        private @org.jspecify.annotations.Nullable Part place(CharSet set) {
            if (sets.size() == MAX_PLACES) {
                return null;
            }
            BitSet self = new BitSet();
            self.set(sets.size());
            sets.add(set);
            follow.add(new BitSet());
            return new Part(false, self, self);
        }

        private @org.jspecify.annotations.Nullable Part sequence(List<Node> items) {
            Part whole = nothing();
            for (Node item : items) {
                Part next = part(item);
                if (next == null) {
                    return null;
                }
                whole = join(whole, next);
            }
            return whole;
        }

        private Part join(Part left, Part right) {
            left.last.stream().forEach(place -> follow.get(place).or(right.first));
            return new Part(
                    left.empty && right.empty,
                    left.empty ? union(left.first, right.first) : left.first,
                    right.empty ? union(left.last, right.last) : right.last);
        }

        private @org.jspecify.annotations.Nullable Part alternation(List<Node> branches) {
            Part whole = new Part(false, new BitSet(), new BitSet());
            for (Node branch : branches) {
                Part next = part(branch);
                if (next == null) {
                    return null;
                }
                whole = new Part(
                        whole.empty || next.empty, union(whole.first, next.first), union(whole.last, next.last));
            }
            return whole;
        }

        /** The rounds that must be, one by one; then one that may come again, or those that may be. */
        private @org.jspecify.annotations.Nullable Part repeat(Node.Repeat repeat) {
            Part whole = nothing();
            boolean unbounded = repeat.max() == Node.UNBOUNDED;
            int rounds = unbounded ? Math.max(1, repeat.min()) : repeat.max();
            for (int round = 1; round <= rounds; round++) {
                Part next = part(repeat.body());
                if (next == null || sets.size() > MAX_PLACES) {
                    return null;
                }
                if (unbounded && round == rounds) {
                    Part again = next;
                    again.last.stream().forEach(place -> follow.get(place).or(again.first));
                }
                boolean mayBeAbsent = next.empty || round > repeat.min();
                whole = join(whole, new Part(mayBeAbsent, next.first, next.last));
                if (next.first.isEmpty()) {
                    break;
                }
            }
            return whole;
        }

        private static BitSet union(BitSet a, BitSet b) {
            BitSet union = (BitSet) a.clone();
            union.or(b);
            return union;
        }
    }
}

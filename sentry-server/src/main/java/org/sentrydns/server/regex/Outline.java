package org.sentrydns.server.regex;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * How the matches of an expression begin at the name's start and end at its end, character by character, and what can be
 * counted in them: all that can be asked for where no literal can, as in {@code ^[0-9a-f]{32}\.}. Immutable.
 *
 * @param front the characters that may stand first, second …; what is behind the last is not known
 * @param back the same from the name's end, the final dot left out
 * @param needed how much of each {@link Trait} there must be
 */
record Outline(List<CharSet> front, List<CharSet> back, List<Integer> needed) {
    /** How many characters are looked at, from each end. */
    static final int DEPTH = 6;

    /** Empty if it asks for hardly anything. */
    static Optional<Outline> of(Node expression) {
        List<Integer> needed =
                Trait.ALL.stream().map(trait -> trait.needed(expression)).toList();
        Outline outline = PositionAutomaton.of(expression)
                .map(automaton -> of(automaton, needed))
                .orElseGet(() -> new Outline(List.of(), List.of(), needed));
        return outline.asksForMuch() ? Optional.of(outline) : Optional.empty();
    }

    private boolean asksForMuch() {
        return !front.isEmpty() || !back.isEmpty() || needed.stream().anyMatch(count -> count > 1);
    }

    private static Outline of(PositionAutomaton automaton, List<Integer> needed) {
        List<CharSet> front = List.of();
        List<CharSet> back = List.of();
        if (isAll(automaton, automaton.first(), CharSet.START)) {
            front = walk(automaton, automaton.first(), automaton.last(), automaton.follow(), DEPTH);
        }
        if (isAll(automaton, automaton.last(), CharSet.END)) {
            List<CharSet> withDot =
                    walk(automaton, automaton.last(), automaton.first(), automaton.precede(), DEPTH + 1);
            back = withDot.isEmpty() ? withDot : withDot.subList(1, withDot.size());
        }
        return new Outline(front, back, needed);
    }

    private static boolean isAll(PositionAutomaton automaton, BitSet places, char anchor) {
        CharSet only = CharSet.of(anchor);
        return !automaton.empty()
                && !places.isEmpty()
                && places.stream().allMatch(p -> automaton.sets().get(p).equals(only));
    }

    /** What can be met one step away from the anchor, two steps away … as long as the match cannot be over. */
    private static List<CharSet> walk(
            PositionAutomaton automaton, BitSet from, BitSet over, List<BitSet> steps, int depth) {
        List<CharSet> met = new java.util.ArrayList<>();
        BitSet here = from;
        while (met.size() < depth && !here.intersects(over)) {
            BitSet next = new BitSet();
            here.stream().forEach(place -> next.or(steps.get(place)));
            CharSet set = CharSet.NONE;
            for (int place : next.stream().toArray()) {
                set = set.or(automaton.sets().get(place));
            }
            met.add(set);
            here = next;
        }
        return List.copyOf(met);
    }
}

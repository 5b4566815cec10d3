package org.sentrydns.server.regex;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Where in an expression a string can stand, and what stands beside it there: {@code ads} in {@code ^(.+[_.-])?ads[0-9]*\.}
 * has the name's start, an underscore, a dot or a hyphen before it and a digit or a dot behind it. Most names that have the
 * string by chance have something else, and the expression need not be tried on them. Immutable.
 */
final class Neighbourhood {
    static final Neighbourhood UNKNOWN = new Neighbourhood(null);

    private final @Nullable PositionAutomaton automaton;
    private final List<BitSet> before;

    private Neighbourhood(@Nullable PositionAutomaton automaton) {
        this.automaton = automaton;
        this.before = automaton == null ? List.of() : automaton.precede();
    }

    /** What is looked for aside stands outside the match, of which alone the automaton knows. */
    static Neighbourhood of(Node expression) {
        Node trimmed = Trimmer.trim(expression);
        Optional<PositionAutomaton> automaton = looksAside(trimmed) ? Optional.empty() : PositionAutomaton.of(trimmed);
        return automaton.map(Neighbourhood::new).orElse(UNKNOWN);
    }

    private static boolean looksAside(Node node) {
        return switch (node) {
            case Node.Chars chars -> false;
            case Node.Sequence sequence -> sequence.items().stream().anyMatch(Neighbourhood::looksAside);
            case Node.Alternation alternation -> alternation.branches().stream().anyMatch(Neighbourhood::looksAside);
            case Node.Repeat repeat -> looksAside(repeat.body());
            case Node.Beside beside -> true;
            case Node.AtMost atMost -> looksAside(atMost.body());
        };
    }

    /** @param literal one of the strings of which each match has one */
    Neighbours of(String literal) {
        PositionAutomaton known = automaton;
        if (known == null) {
            return Neighbours.ANY;
        }
        String backwards = new StringBuilder(literal).reverse().toString();
        return new Neighbours(
                next(known, backwards, before, known.first()), next(known, literal, known.follow(), known.last()));
    }

    /**
     * What comes one step behind a string, wherever it can stand; anything if nothing need come there. Of places that allow
     * very many characters strings are never made, so that the string that must be there does not stand on one.
     */
    private static CharSet next(PositionAutomaton automaton, String string, List<BitSet> steps, BitSet ends) {
        BitSet here = places(automaton, string.charAt(0), place -> true);
        for (int i = 1; i < string.length(); i++) {
            BitSet reached = step(here, steps);
            here = places(automaton, string.charAt(i), reached::get);
        }
        if (here.isEmpty() || here.intersects(ends)) {
            return CharSet.ALL;
        }
        CharSet next = CharSet.NONE;
        for (int place : step(here, steps).stream().toArray()) {
            next = next.or(automaton.sets().get(place));
        }
        return next;
    }

    private static BitSet places(PositionAutomaton automaton, char symbol, IntPredicate among) {
        BitSet places = new BitSet();
        for (int place = 0; place < automaton.sets().size(); place++) {
            CharSet set = automaton.sets().get(place);
            if (set.has(symbol) && set.size() <= Strings.MAX && among.test(place)) {
                places.set(place);
            }
        }
        return places;
    }

    private static BitSet step(BitSet here, List<BitSet> steps) {
        BitSet next = new BitSet();
        here.stream().forEach(place -> next.or(steps.get(place)));
        return next;
    }
}

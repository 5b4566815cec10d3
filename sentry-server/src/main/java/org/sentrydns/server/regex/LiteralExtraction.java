package org.sentrydns.server.regex;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds strings that every match of an expression must contain.
 *
 * <h2>Why</h2>
 *
 * <p>Asking ten thousand expressions one after the other costs ten thousand times one. But nearly every expression that
 * people write names something: {@code ^(.+[_.-])?telemetry[_.-]} cannot match a name without {@code telemetry}. Once such a
 * <i>requirement</i> is known for each expression, one pass over the name looks for all of them, and only those that are there
 * lead to an expression that is worth trying.
 *
 * <h2>What is promised</h2>
 *
 * <p>A requirement is a set of strings of which every name that matches contains <i>at least one</i>. It may be too
 * weak, never too strong: a requirement that is too strong loses a rule without a word. So every step below only ever
 * forgets. Where nothing is known the set is the one with the empty string, which every name contains.
 *
 * <h2>How names look here</h2>
 *
 * <p>A name is {@link CharSet#START}, its characters in lower case, its final dot, {@link CharSet#END}. The anchors are
 * thereby characters like any other: {@code ^ads\.} requires START followed by {@code ads.}, and {@code \.com$}, which is
 * tried without and with the final dot, {@code .com.}END. That is why exact names, prefixes and suffixes need no treatment of
 * their own. Two zero-width marks may stand at one place ({@code ^^}) while the name has one START: {@link Strings#join}
 * sees to it.
 *
 * <h2>How it goes</h2>
 *
 * <p>From the leaves up, each node gets {@link Facts}: the strings that it matches exactly, if they are few ({@code
 * (ads|track)[12]} has four); what its matches begin and end with; the best requirement inside. A sequence multiplies exact
 * strings as long as they stay few; at the first item that is not exact the run is closed with what that item begins with,
 * becomes a requirement, and the next run starts with what the item ends with. An alternation has a requirement only if each
 * branch has one: it is their union. What may be absent requires nothing. Repetition requires what its first rounds do.
 * Looks aside require what they look for but take no room; looks for what must not be there, and references to earlier
 * groups, require nothing.
 *
 * <p>Where an item of the expression itself has alternatives that are not exact, as in {@code ^(.+[.-])?ads}, the whole is
 * written out for each of them as well, which keeps what stands at either side: {@code ads} is required behind START, a dot or
 * a hyphen.
 *
 * <p>Among several requirements the {@link Rarity rarest} is taken. If the strings are exact for the whole expression, and
 * nothing was forgotten on the way, then containing one is not only necessary but sufficient: the requirement is
 * <i>decisive</i> and no expression needs to be tried. {@link Trimmer} brings expressions into that form where it can:
 * {@code ^(.*)\.xxx} is found exactly where {@code .xxx} is.
 *
 * <p>A string that is required but not decisive is often found by chance, in the midst of another word. What stands beside it
 * where the expression has it is known, too: see {@link Neighbourhood}.
 */
final class LiteralExtraction {
    private static final int LARGE = 4;
    private static final int MAX_UNROLLED = 64;
    private static final int MAX_WAYS = 8;

    /** Sequences with so many alternatives are looked at no further: each costs as much as the whole. */
    private static final int MAX_TRIES = 16;
    /** Characters of strings for each character that is written: both ways to begin, and both ways to end. */
    private static final long ROOM_EACH = 8;

    private final long room;

    private LiteralExtraction(long room) {
        this.room = room;
    }

    /**
     * What is known of a node.
     *
     * @param exact the strings that it matches; null if they are too many or unknown
     * @param faithful whether it matches all of {@code exact}, too
     * @param prefixes every match begins with one of these
     * @param suffixes every match ends with one of these
     * @param best every name that matches contains one of these
     */
    private record Facts(@Nullable Strings exact, boolean faithful, Strings prefixes, Strings suffixes, Strings best) {

        static Facts exactly(Strings strings, boolean faithful, Strings best) {
            return new Facts(strings, faithful, strings, strings, best.rarer(strings));
        }

        static Facts within(Strings prefixes, Strings suffixes, Strings best) {
            return new Facts(null, false, prefixes, suffixes, best);
        }
    }

    /** What every name that the expression matches must contain. */
    static Requirement of(Node expression) {
        Node trimmed = Trimmer.trim(expression);
        return new LiteralExtraction(ROOM_EACH * written(trimmed)).requirement(trimmed);
    }

    /** How many characters and classes of them an expression has. */
    private static long written(Node node) {
        return switch (node) {
            case Node.Chars chars -> 1;
            case Node.Sequence sequence -> written(sequence.items());
            case Node.Alternation alternation -> written(alternation.branches());
            case Node.Repeat repeat -> written(repeat.body());
            case Node.Beside beside -> written(beside.body());
            case Node.AtMost atMost -> written(atMost.body());
        };
    }

    private static long written(List<Node> nodes) {
        return nodes.stream().mapToLong(LiteralExtraction::written).sum();
    }

    private Requirement requirement(Node trimmed) {
        Facts facts = facts(trimmed);
        Strings exact = facts.exact();
        if (exact != null && facts.faithful()) {
            return new Requirement(exact, true);
        }
        return new Requirement(spread(Node.items(trimmed), facts.best()), false);
    }

    /** What is required of a sequence when the alternatives of its items are told apart, one item after the other. */
    private Strings spread(List<Node> items, Strings known) {
        List<List<Node>> choices = new ArrayList<>(items.stream().map(List::of).toList());
        Strings best = known;
        int ways = 1;
        int tries = 0;
        for (int i = 0; i < items.size() && tries < MAX_TRIES; i++) {
            List<Node> alternatives = alternatives(items.get(i));
            if (alternatives.isEmpty() || ways * alternatives.size() > MAX_WAYS) {
                continue;
            }
            tries++;
            List<Node> single = choices.set(i, alternatives);
            Strings rarer = best.rarer(facts(Node.alternation(ways(choices))).best());
            if (rarer.equals(best)) {
                choices.set(i, single);
            } else {
                best = rarer;
                ways *= alternatives.size();
            }
        }
        return best;
    }

    private static List<Node> ways(List<List<Node>> choices) {
        List<Node> ways = List.of(Node.EMPTY);
        for (List<Node> choice : choices) {
            List<Node> longer = new ArrayList<>();
            for (Node way : ways) {
                choice.forEach(next -> longer.add(Node.sequence(List.of(way, next))));
            }
            ways = longer;
        }
        return ways;
    }

    /** The ways that there are for a node whose strings are too many; none if to tell them apart says nothing. */
    private List<Node> alternatives(Node node) {
        List<Node> alternatives = switch (node) {
            case Node.Alternation alternation -> alternation.branches();
            case Node.Repeat repeat -> roundsOrNone(repeat);
            default -> List.of();
        };
        return alternatives.isEmpty() || facts(node).exact() != null ? List.of() : alternatives;
    }

    private List<Node> roundsOrNone(Node.Repeat repeat) {
        if (repeat.min() > 0 || repeat.max() == 0) {
            return List.of();
        }
        Facts body = facts(repeat.body());
        boolean saysNothing = body.prefixes().saysNothing() && body.suffixes().saysNothing();
        return saysNothing ? List.of() : List.of(Node.EMPTY, new Node.Repeat(repeat.body(), 1, repeat.max()));
    }

    private Facts facts(Node node) {
        return switch (node) {
            case Node.Chars chars -> chars(chars.set());
            case Node.Sequence sequence -> sequence(sequence.items());
            case Node.Alternation alternation -> alternation(alternation.branches());
            case Node.Repeat repeat -> repeat(repeat);
            case Node.Beside beside ->
                Facts.exactly(Strings.EMPTY, false, facts(beside.body()).best());
            case Node.AtMost atMost -> {
                Facts body = facts(atMost.body());
                yield new Facts(body.exact(), false, body.prefixes(), body.suffixes(), body.best());
            }
        };
    }

    private Facts chars(CharSet set) {
        if (set.isEmpty() || set.size() > Strings.MAX) {
            return Facts.within(Strings.EMPTY, Strings.EMPTY, Strings.EMPTY);
        }
        return Facts.exactly(Strings.ofEach(set.members()), true, Strings.EMPTY);
    }

    private Facts sequence(List<Node> items) {
        Strings run = Strings.EMPTY;
        Strings first = null;
        Strings best = Strings.EMPTY;
        boolean faithful = true;
        for (Node item : items) {
            Facts facts = facts(item);
            best = best.rarer(facts.best());
            Strings next = facts.exact() != null ? facts.exact() : facts.prefixes();
            if (next.size() > LARGE) {
                best = best.rarer(run);
            }
            Strings joined = run.join(next, room);
            if (facts.exact() != null && joined != null) {
                faithful &= facts.faithful() && run.joinsCleanly(next);
                run = joined;
            } else {
                Strings closed = joined == null ? run : joined;
                best = best.rarer(closed);
                first = first == null ? closed : first;
                run = facts.suffixes();
            }
        }
        return first == null ? Facts.exactly(run, faithful, best) : Facts.within(first, run, best.rarer(run));
    }

    private Facts alternation(List<Node> branches) {
        List<Facts> all = branches.stream().map(this::facts).toList();
        Strings best = Strings.union(all.stream().map(Facts::best).toList(), room);
        List<Strings> exact = new ArrayList<>();
        for (Facts facts : all) {
            if (facts.exact() != null) {
                exact.add(facts.exact());
            }
        }
        Strings union = exact.size() == all.size() ? Strings.union(exact, room) : null;
        if (union != null && union.isWhole()) {
            return Facts.exactly(union, all.stream().allMatch(Facts::faithful), best);
        }
        return Facts.within(
                Strings.union(all.stream().map(Facts::prefixes).toList(), room),
                Strings.union(all.stream().map(Facts::suffixes).toList(), room),
                best);
    }

    private Facts repeat(Node.Repeat repeat) {
        Facts body = facts(repeat.body());
        if (body.exact() != null && repeat.max() <= MAX_UNROLLED) {
            Facts unrolled = unrolled(body.exact(), body.faithful(), repeat.min(), repeat.max());
            if (unrolled != null) {
                return unrolled;
            }
        }
        if (repeat.min() == 0) {
            return Facts.within(Strings.EMPTY, Strings.EMPTY, Strings.EMPTY);
        }
        if (body.exact() == null) {
            return Facts.within(body.prefixes(), body.suffixes(), body.best());
        }
        Strings rounds = body.exact();
        for (int i = 1; i < Math.min(repeat.min(), MAX_UNROLLED); i++) {
            Strings more = rounds.join(body.exact(), room);
            if (more == null) {
                break;
            }
            rounds = more;
        }
        return Facts.within(rounds, rounds, body.best().rarer(rounds));
    }

    /** All numbers of rounds, written out; null if those are too many strings. */
    private @Nullable Facts unrolled(Strings round, boolean roundIsFaithful, int min, int max) {
        Strings rounds = Strings.EMPTY;
        List<Strings> all = new ArrayList<>();
        boolean faithful = roundIsFaithful;
        for (int i = 0; i <= max; i++) {
            if (i >= min) {
                all.add(rounds);
            }
            if (i < max) {
                faithful &= rounds.joinsCleanly(round);
                rounds = rounds.join(round, room);
                if (rounds == null) {
                    return null;
                }
            }
        }
        Strings union = Strings.union(all, room);
        return union.isWhole() ? Facts.exactly(union, faithful, Strings.EMPTY) : null;
    }
}

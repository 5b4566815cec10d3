package org.sentrydns.server.regex;

import java.util.List;

/**
 * What can be counted in a name, and at least how much of it a match needs: {@code [0-9]{5}} needs five digits in a row.
 * Numbers above {@link #CAP} count as that. Immutable.
 *
 * @param set the characters that are counted
 * @param inARow whether only as many as stand together
 */
record Trait(CharSet set, boolean inARow) {
    static final int CAP = 63;

    private static final CharSet DIGITS = CharSet.range('0', '9');

    /** Those that count anywhere, then those in a row. */
    static final List<Trait> ALL = List.of(
            new Trait(CharSet.ANY, false),
            new Trait(CharSet.of('-'), false),
            new Trait(CharSet.of('.'), false),
            new Trait(DIGITS, false),
            new Trait(DIGITS, true),
            new Trait(DIGITS.or(CharSet.range('a', 'f')), true),
            new Trait(CharSet.range('a', 'z'), true),
            new Trait(CharSet.of('.').complement().and(CharSet.ANY), true));

    private static final int FIRST_IN_A_ROW = 4;
    private static final int LANE = 16;
    /** As many as there are traits of each kind. */
    private static final int LANES = Long.SIZE / LANE;
    /** For each character, a one in the lane of each trait that counts it anywhere. */
    private static final long[] ANYWHERE = lanes(0, 1);
    /** For each character, the lanes of the rows that go on with it. */
    private static final long[] GOES_ON = lanes(FIRST_IN_A_ROW, (1 << LANE) - 1);

    /** A one in each lane. */
    private static final long ONES = 0x0001_0001_0001_0001L;

    private static final long TOP_BITS = ONES << (LANE - 1);

    private static long[] lanes(int firstTrait, long value) {
        long[] lanes = new long[128];
        for (int c = 0; c < lanes.length; c++) {
            for (int lane = 0; lane < LANES; lane++) {
                lanes[c] |= ALL.get(firstTrait + lane).set.has(c) ? value << (lane * LANE) : 0;
            }
        }
        return lanes;
    }

    /** At least how much every match has. */
    int needed(Node expression) {
        return Math.min(CAP, inARow ? Run.of(expression, set).longest() : count(expression));
    }

    private int count(Node node) {
        return switch (node) {
            case Node.Chars chars -> isCounted(chars.set(), set) ? 1 : 0;
            case Node.Sequence sequence ->
                Math.min(CAP, sequence.items().stream().mapToInt(this::count).sum());
            case Node.Alternation alternation ->
                alternation.branches().stream().mapToInt(this::count).min().orElse(0);
            case Node.Repeat repeat -> Math.min(CAP, Math.min(CAP, repeat.min()) * count(repeat.body()));
            case Node.Beside beside -> 0;
            case Node.AtMost atMost -> count(atMost.body());
        };
    }

    private static boolean isCounted(CharSet some, CharSet set) {
        return !some.isEmpty() && some.and(set).equals(some);
    }

    /**
     * Counts all traits of a name.
     *
     * @param dotted the name with its final dot
     * @param counts takes them, in the order of the traits
     */
    static void count(String dotted, int[] counts) {
        long anywhere = 0;
        long rows = 0;
        long longest = 0;
        for (int at = 0; at < dotted.length(); at++) {
            int symbol = Symbols.lower(dotted.charAt(at));
            long goesOn = GOES_ON[symbol];
            anywhere += ANYWHERE[symbol];
            rows = (rows & goesOn) + (ONES & goesOn);
            longest = larger(longest, rows);
        }
        for (int lane = 0; lane < LANES; lane++) {
            counts[lane] = Math.min(CAP, lane(anywhere, lane));
            counts[FIRST_IN_A_ROW + lane] = Math.min(CAP, lane(longest, lane));
        }
    }

    /** In each lane the larger number; none has its top bit. */
    private static long larger(long a, long b) {
        long aIsNotLess = ((a | TOP_BITS) - b) & TOP_BITS;
        long ofA = aIsNotLess | (aIsNotLess - (aIsNotLess >>> (LANE - 1)));
        return (a & ofA) | (b & ~ofA);
    }

    private static int lane(long lanes, int number) {
        return (int) (lanes >>> (number * LANE)) & ((1 << LANE) - 1);
    }

    /**
     * How many characters of a set stand in a row in every match of a node.
     *
     * @param whole whether matches have no other characters; {@code front} is then their least length
     * @param front at their beginning
     * @param back at their end
     * @param longest anywhere
     */
    private record Run(boolean whole, int front, int back, int longest) {
        private static final Run NOTHING = new Run(true, 0, 0, 0);
        private static final Run OTHER = new Run(false, 0, 0, 0);

        static Run of(Node node, CharSet set) {
            return switch (node) {
                case Node.Chars chars -> isCounted(chars.set(), set) ? new Run(true, 1, 1, 1) : OTHER;
                case Node.Sequence sequence -> {
                    Run all = NOTHING;
                    for (Node item : sequence.items()) {
                        all = all.then(of(item, set));
                    }
                    yield all;
                }
                case Node.Alternation alternation ->
                    alternation.branches().stream()
                            .map(branch -> of(branch, set))
                            .reduce(Run::either)
                            .orElse(OTHER);
                case Node.Repeat repeat -> repeated(of(repeat.body(), set), Math.min(CAP, repeat.min()));
                case Node.Beside beside -> NOTHING;
                case Node.AtMost atMost -> of(atMost.body(), set);
            };
        }

        private Run then(Run next) {
            int middle = Math.min(CAP, back + next.front);
            int all = Math.max(Math.max(longest, next.longest), middle);
            return new Run(
                    whole && next.whole,
                    whole ? Math.min(CAP, front + next.front) : front,
                    next.whole ? Math.min(CAP, back + next.back) : next.back,
                    all);
        }

        private Run either(Run other) {
            return new Run(
                    whole && other.whole,
                    Math.min(front, other.front),
                    Math.min(back, other.back),
                    Math.min(longest, other.longest));
        }

        private static Run repeated(Run round, int min) {
            Run all = new Run(round.whole, 0, 0, 0);
            for (int i = 0; i < min; i++) {
                all = i == 0 ? round : all.then(round);
            }
            return all;
        }
    }
}

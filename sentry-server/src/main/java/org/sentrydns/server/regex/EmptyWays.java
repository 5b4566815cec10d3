package org.sentrydns.server.regex;

import java.util.List;

/**
 * In how many ways parts of an expression that stand side by side can match nothing. {@code (|)} has two and {@code (a?|b?)}
 * too: forty of them in a row are tried in 2^40 ways before they fail, without a character being read. Immutable.
 *
 * @param all to match nothing by the whole; 0 if it takes a character
 * @param begin to come to its first character; 0 if it has none
 * @param end to come from its last character to its end; 0 if it has none
 * @param most of any part inside
 */
record EmptyWays(long all, long begin, long end, long most) {
    /** So many cost a moment, and no expression that means something has more. */
    static final long MANY = 1_000;

    private static final EmptyWays NOTHING = new EmptyWays(1, 0, 0, 1);
    private static final EmptyWays CHARACTER = new EmptyWays(0, 1, 1, 1);

    static EmptyWays of(Node node) {
        return switch (node) {
            case Node.Chars chars -> node.equals(Node.START) || node.equals(Node.END) ? NOTHING : CHARACTER;
            case Node.Sequence sequence -> sequence(sequence.items());
            case Node.Alternation alternation -> alternation(alternation.branches());
            case Node.Repeat repeat -> repeat(of(repeat.body()), repeat);
            case Node.Beside beside -> new EmptyWays(1, 0, 0, of(beside.body()).most);
            case Node.AtMost atMost -> of(atMost.body());
        };
    }

    private static EmptyWays sequence(List<Node> items) {
        EmptyWays ways = NOTHING;
        for (Node item : items) {
            ways = ways.then(of(item));
        }
        return ways;
    }

    private EmptyWays then(EmptyWays next) {
        long here = Math.max(product(all, next.all), product(all, next.begin));
        long between = Math.max(product(end, next.all), product(end, next.begin));
        return new EmptyWays(
                product(all, next.all),
                either(begin, product(all, next.begin)),
                either(next.end, product(end, next.all)),
                Math.max(Math.max(most, next.most), Math.max(here, between)));
    }

    private static EmptyWays alternation(List<Node> branches) {
        EmptyWays ways = new EmptyWays(0, 0, 0, 1);
        for (Node branch : branches) {
            EmptyWays other = of(branch);
            ways = new EmptyWays(
                    sum(ways.all, other.all),
                    either(ways.begin, other.begin),
                    either(ways.end, other.end),
                    Math.max(ways.most, other.most));
        }
        return new EmptyWays(ways.all, ways.begin, ways.end, Math.max(ways.most, ways.all));
    }

    /** A round that matches nothing is Java's last one. */
    private static EmptyWays repeat(EmptyWays body, Node.Repeat repeat) {
        if (repeat.max() == 0) {
            return NOTHING;
        }
        long all = repeat.min() == 0 ? sum(1, body.all) : body.all;
        long between = repeat.max() == 1 ? 1 : product(body.end, body.begin);
        return new EmptyWays(all, body.begin, body.end, Math.max(Math.max(body.most, between), all));
    }

    /** Of ways that lead to characters one is not worth a word: the character is read, and that is counted. */
    private static long either(long a, long b) {
        return a == 0 || b == 0 ? a + b : sum(a, b - 1);
    }

    /** Far above {@link #MANY}, more is alike. */
    private static long product(long a, long b) {
        return Math.min(MANY * MANY, a * b);
    }

    private static long sum(long a, long b) {
        return Math.min(MANY * MANY, a + b);
    }
}

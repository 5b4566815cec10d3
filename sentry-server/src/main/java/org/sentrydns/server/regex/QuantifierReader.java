package org.sentrydns.server.regex;

/** Reads one quantifier, such as {@code *?} or {@code {2,5}+}, for {@link RegexParser}. Confined to one thread. */
final class QuantifierReader {
    private final String regex;
    private int at;

    /** @param at behind what it is about */
    QuantifierReader(String regex, int at) {
        this.regex = regex;
        this.at = at;
    }

    /** Behind the quantifier. */
    int end() {
        return at;
    }

    /** The atom as often as the quantifier behind it says, itself if there is none. */
    Node read(Node atom) {
        if (at == regex.length()) {
            return atom;
        }
        int min = 0;
        int max = Node.UNBOUNDED;
        switch (regex.charAt(at)) {
            case '*' -> at++;
            case '+' -> {
                at++;
                min = 1;
            }
            case '?' -> {
                at++;
                max = 1;
            }
            case '{' -> {
                int close = regex.indexOf('}', at);
                String[] bounds = close < 0
                        ? new String[0]
                        : regex.substring(at + 1, close).split(",", -1);
                min = bound(bounds, 0);
                max = bounds.length == 1 ? min : bounds[1].isEmpty() ? Node.UNBOUNDED : bound(bounds, 1);
                at = close + 1;
            }
            default -> {
                return atom;
            }
        }
        return givingBack(new Node.Repeat(atom, min, max));
    }

    private static int bound(String[] bounds, int which) {
        if (bounds.length == 0 || bounds.length > 2 || !bounds[which].matches("[0-9]{1,9}")) {
            throw new RegexParser.InDoubtException();
        }
        return Integer.parseInt(bounds[which]);
    }

    /** A possessive quantifier never gives back; a lazy one matches the same. */
    private Node givingBack(Node repeat) {
        if (accept('+')) {
            return new Node.AtMost(repeat);
        }
        accept('?');
        return repeat;
    }

    private boolean accept(char c) {
        boolean there = at < regex.length() && regex.charAt(at) == c;
        at += there ? 1 : 0;
        return there;
    }
}

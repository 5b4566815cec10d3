package org.sentrydns.server.regex;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what {@link java.util.regex.Pattern} has accepted. Where the reading is in doubt there is none: a pattern that is
 * not understood is tried on every name. Confined to one thread.
 */
final class RegexParser {
    /** The expression is more than this reader knows. */
    static final class InDoubtException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        InDoubtException() {
            super("not understood", null, false, false);
        }
    }

    private static final int MAX_DEPTH = 100;
    private static final int NONE = -1;
    private static final String FINAL_DOT_OR_NOT = "\\.?";

    private final String regex;
    private final Escapes escapes;
    private boolean eitherCase = true;
    private int depth;
    private int at;
    /** Where the negative look-ahead starts that is being read, or {@link #NONE}. */
    private int ahead = NONE;

    private int forbiddenEnd = NONE;
    private final List<Node> unwanted = new ArrayList<>();

    private RegexParser(String regex) {
        this.regex = regex;
        this.escapes = new Escapes(regex);
    }

    /** @param regex compiles with CASE_INSENSITIVE and no other flag */
    static Optional<RegexReading> read(String regex) {
        RegexParser parser = new RegexParser(regex);
        try {
            Node node = parser.alternation();
            return parser.at == regex.length()
                    ? Optional.of(new RegexReading(node, List.copyOf(parser.unwanted)))
                    : Optional.empty();
        } catch (InDoubtException e) {
            return Optional.empty();
        }
    }

    /** What matches, as {@link #read} has it. */
    static Optional<Node> parse(String regex) {
        return read(regex).map(RegexReading::node);
    }

    /**
     * Where the first group starts that forbids an end of the name, {@code (?!x$)} or {@code (?<!x)$}, without allowing for the
     * final dot by {@code \.?} before it; -1 if there is none as far as the expression is understood.
     */
    static int forbiddenEnd(String regex) {
        RegexParser parser = new RegexParser(regex);
        try {
            parser.alternation();
        } catch (InDoubtException e) {
            // What was found before that stands.
        }
        return parser.forbiddenEnd;
    }

    private Node alternation() {
        if (++depth > MAX_DEPTH) {
            throw new InDoubtException();
        }
        List<Node> branches = new ArrayList<>();
        do {
            branches.add(sequence());
        } while (accept('|'));
        depth--;
        return Node.alternation(branches);
    }

    private Node sequence() {
        List<Node> items = new ArrayList<>();
        while (at < regex.length() && peek() != '|' && peek() != ')') {
            if (regex.startsWith("\\Q", at)) {
                quoted(items);
            } else {
                items.add(quantified(atom()));
            }
        }
        return Node.sequence(items);
    }

    /** What stands between {@code \Q} and {@code \E}; a quantifier behind it is about its last character. */
    private void quoted(List<Node> items) {
        int end = regex.indexOf("\\E", at);
        int stop = end < 0 ? regex.length() : end;
        if (stop == at + 2) {
            throw new InDoubtException();
        }
        for (int i = at + 2; i < stop; i++) {
            items.add(literal(regex.charAt(i)));
        }
        at = end < 0 ? stop : stop + 2;
        items.add(quantified(items.removeLast()));
    }

    private Node atom() {
        char c = next();
        return switch (c) {
            case '^' -> Node.START;
            case '$' -> {
                forbid(ahead, at - 1);
                yield end();
            }
            case '.' -> new Node.Chars(CharSet.ANY);
            case '[' -> characterClass();
            case '(' -> group();
            case '\\' -> escape();
            case '*', '+', '?', '{' -> throw new InDoubtException();
            default -> literal(c);
        };
    }

    /** The name is tried without its final dot and with it. */
    private static Node end() {
        return Node.alternation(List.of(Node.sequence(List.of(new Node.Chars(CharSet.of('.')), Node.END)), Node.END));
    }

    private Node characterClass() {
        ClassReader reader = new ClassReader(regex, at, escapes, eitherCase);
        Node node = reader.read();
        at = reader.end();
        return node;
    }

    private Node escape() {
        char c = next();
        return switch (c) {
            case 'A' -> Node.START;
            case 'z', 'Z' -> end();
            case 'b', 'B', 'G' -> boundary();
            case 'R', 'X' -> throw new InDoubtException();
            case 'k' -> named();
            case '1', '2', '3', '4', '5', '6', '7', '8', '9' -> reference();
            default -> {
                Escapes.Read read = escapes.read(at - 1);
                at = read.end();
                yield read.node(eitherCase);
            }
        };
    }

    private Node boundary() {
        if (at < regex.length() && peek() == '{') {
            throw new InDoubtException();
        }
        return new Node.AtMost(Node.EMPTY);
    }

    private Node named() {
        at = regex.indexOf('>', at) + 1;
        return Node.anything();
    }

    private Node reference() {
        if (at < regex.length() && Character.isDigit(peek())) {
            throw new InDoubtException();
        }
        return Node.anything();
    }

    /** A character of ASCII; another one may have ASCII letters as its other case. */
    private Node literal(char c) {
        return Escapes.single(c, eitherCase);
    }

    /** Notes an end of the name that the group from there on forbids. */
    private void forbid(int group, int end) {
        if (group != NONE
                && forbiddenEnd == NONE
                && !regex.startsWith(FINAL_DOT_OR_NOT, end - FINAL_DOT_OR_NOT.length())) {
            forbiddenEnd = group;
        }
    }

    private Node group() {
        int start = at - 1;
        if (!accept('?')) {
            return closed(eitherCase);
        }
        boolean outside = eitherCase;
        char kind = next();
        return switch (kind) {
            case ':' -> closed(outside);
            case '>' -> new Node.AtMost(closed(outside));
            case '=' -> new Node.Beside(closed(outside));
            case '!' -> {
                int around = ahead;
                ahead = start;
                Node node = without(outside);
                ahead = around;
                yield node;
            }
            case '<' -> behind(start, outside);
            default -> {
                at--;
                yield flags(outside);
            }
        };
    }

    private Node behind(int start, boolean outside) {
        if (accept('=')) {
            return new Node.Beside(closed(outside));
        }
        if (accept('!')) {
            Node node = without(outside);
            if (regex.startsWith("$", at)) {
                forbid(start, at - 1);
            }
            return node;
        }
        at = regex.indexOf('>', at) + 1;
        return closed(outside);
    }

    /** What must not be there says nothing about what must. */
    private Node without(boolean outside) {
        unwanted.add(closed(outside));
        return new Node.AtMost(Node.EMPTY);
    }

    /** {@code (?i)} holds to the end of the group around it, {@code (?i:x)} for x. */
    private Node flags(boolean outside) {
        boolean on = true;
        while (true) {
            char flag = next();
            switch (flag) {
                case '-' -> on = false;
                case 'i' -> eitherCase = on;
                case 'd', 'm', 's', 'u', 'U' -> {}
                case ')' -> {
                    return Node.EMPTY;
                }
                case ':' -> {
                    return closed(outside);
                }
                default -> throw new InDoubtException();
            }
        }
    }

    /** Reads to the closing bracket and gives the case back that held outside. */
    private Node closed(boolean outside) {
        Node node = alternation();
        if (!accept(')')) {
            throw new InDoubtException();
        }
        eitherCase = outside;
        return node;
    }

    private Node quantified(Node atom) {
        QuantifierReader reader = new QuantifierReader(regex, at);
        Node node = reader.read(atom);
        at = reader.end();
        return node;
    }

    private char peek() {
        return regex.charAt(at);
    }

    private char next() {
        if (at == regex.length()) {
            throw new InDoubtException();
        }
        return regex.charAt(at++);
    }

    private boolean accept(char c) {
        boolean there = at < regex.length() && peek() == c;
        at += there ? 1 : 0;
        return there;
    }
}

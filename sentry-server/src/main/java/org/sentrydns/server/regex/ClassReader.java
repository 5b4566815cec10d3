package org.sentrydns.server.regex;

import org.sentrydns.server.regex.RegexParser.InDoubtException;

/**
 * A class of characters such as {@code [^a-z0-9]}. Classes within classes, and intersections, are read to find their end
 * and stand for any character. Confined to one thread.
 */
final class ClassReader {
    private final String regex;
    private final Escapes escapes;
    private final boolean eitherCase;
    private int at;
    private boolean known = true;

    /** @param start the offset behind the opening bracket */
    ClassReader(String regex, int start, Escapes escapes, boolean eitherCase) {
        this.regex = regex;
        this.at = start;
        this.escapes = escapes;
        this.eitherCase = eitherCase;
    }

    Node read() {
        CharSet set = union().folded();
        if (!known) {
            return Escapes.unknown();
        }
        Node node = new Node.Chars(set);
        return eitherCase ? node : new Node.AtMost(node);
    }

    /** The offset behind the closing bracket. */
    int end() {
        return at;
    }

    private CharSet union() {
        boolean negated = accept("^");
        if (at < regex.length() && regex.charAt(at) == ']') {
            throw new InDoubtException();
        }
        CharSet set = CharSet.NONE;
        while (!accept("]")) {
            set = set.or(item());
        }
        CharSet whole = eitherCase ? set.inEitherCase() : set;
        return negated ? whole.complement() : whole;
    }

    private CharSet item() {
        if (accept("[")) {
            known = false;
            return union();
        }
        if (accept("&&")) {
            known = false;
            return CharSet.NONE;
        }
        Escapes.Read first = character();
        if (first.single() < 0) {
            return set(first);
        }
        boolean range = at + 1 < regex.length()
                && regex.charAt(at) == '-'
                && regex.charAt(at + 1) != ']'
                && regex.charAt(at + 1) != '[';
        if (!range) {
            return range(first.single(), first.single());
        }
        at++;
        Escapes.Read last = character();
        if (last.single() < 0) {
            throw new InDoubtException();
        }
        return range(first.single(), last.single());
    }

    private CharSet set(Escapes.Read read) {
        if (read.set() == null) {
            known = false;
            return CharSet.NONE;
        }
        return read.set();
    }

    /** A character beyond ASCII may have an ASCII letter as its other case. */
    private CharSet range(int first, int last) {
        if (last > 127) {
            known = false;
        }
        return CharSet.range(first, last);
    }

    private Escapes.Read character() {
        if (at >= regex.length()) {
            throw new InDoubtException();
        }
        char c = regex.charAt(at++);
        if (c != '\\') {
            return new Escapes.Read(c, null, at);
        }
        if (at == regex.length() || "QE".indexOf(regex.charAt(at)) >= 0) {
            throw new InDoubtException();
        }
        Escapes.Read read = escapes.read(at);
        at = read.end();
        return read;
    }

    private boolean accept(String token) {
        boolean there = regex.startsWith(token, at);
        at += there ? token.length() : 0;
        return there;
    }
}

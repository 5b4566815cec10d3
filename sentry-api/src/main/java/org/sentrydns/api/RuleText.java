package org.sentrydns.api;

import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.Name;

/**
 * A cursor over the arguments of one rule line: what stands between the subject and the conditions. Confined to one
 * thread. Each method reads on from where the one before stopped and says, when it cannot, what was expected there.
 *
 * <pre>{@code
 * text.keyword("to");
 * Name target = text.name("a destination");
 * text.end();
 * }</pre>
 *
 * @since 1.0
 */
public final class RuleText {
    private final String line;
    private final String subject;
    private final int groups;
    private final boolean conditional;
    private final int end;
    private int next;
    private int last;

    /**
     * For the server, and for tests of a verb.
     *
     * @param line the whole rule line
     * @param subject the subject as it is written in the line
     * @param groups how many groups the subject's regular expression has
     * @param start where the arguments start in the line, counted from 0
     * @param end where they end (exclusive): the start of the conditions, or the line's length
     * @param conditional whether the line has conditions
     * @since 1.0
     */
    public RuleText(String line, String subject, int groups, int start, int end, boolean conditional) {
        this.line = line;
        this.subject = subject;
        this.groups = groups;
        this.end = end;
        this.conditional = conditional;
        this.next = start;
        this.last = start;
        skipSpaces();
    }

    /**
     * The whole rule line.
     *
     * @return the line without surrounding spaces
     * @since 1.0
     */
    public String line() {
        return line;
    }

    /**
     * The subject as it is written: a regular expression, or {@code @} and the name of a list.
     *
     * @return the subject
     * @since 1.0
     */
    public String subject() {
        return subject;
    }

    /**
     * How many groups the subject has, for {@link Query#group}.
     *
     * @return 0 or more
     * @since 1.0
     */
    public int groups() {
        return groups;
    }

    /**
     * Whether the line has conditions ({@code if …}). The server checks them; a rule need not.
     *
     * @return true if it has
     * @since 1.0
     */
    public boolean conditional() {
        return conditional;
    }

    /**
     * Whether arguments are left.
     *
     * @return false at the end
     * @since 1.0
     */
    public boolean hasNext() {
        return next < end;
    }

    /**
     * Reads the next word, up to a space.
     *
     * @param what what it is, for the error: {@code "a destination"}
     * @return the word
     * @throws RuleSyntaxException if there is none
     * @since 1.0
     */
    public String word(String what) throws RuleSyntaxException {
        last = next;
        if (!hasNext()) {
            throw error("expected " + what);
        }
        int start = next;
        while (next < end && !isSpace(line.charAt(next))) {
            next++;
        }
        String word = line.substring(start, next);
        skipSpaces();
        return word;
    }

    /**
     * Reads a word that must be this one.
     *
     * @param keyword the word
     * @throws RuleSyntaxException if another word, or none, is there
     * @since 1.0
     */
    public void keyword(String keyword) throws RuleSyntaxException {
        if (!accept(keyword)) {
            last = next;
            throw error("expected '" + keyword + "'");
        }
    }

    /**
     * Reads a word if it is this one.
     *
     * @param keyword the word
     * @return whether it was there; if not, nothing was read
     * @since 1.0
     */
    public boolean accept(String keyword) {
        int stop = next + keyword.length();
        if (!line.startsWith(keyword, next) || stop > end || (stop < end && !isSpace(line.charAt(stop)))) {
            return false;
        }
        last = next;
        next = stop;
        skipSpaces();
        return true;
    }

    /**
     * Reads one of several words.
     *
     * @param words the words that are allowed
     * @return the one that was there
     * @throws RuleSyntaxException if another word, or none, is there
     * @since 1.0
     */
    public String oneOf(String... words) throws RuleSyntaxException {
        for (String word : words) {
            if (accept(word)) {
                return word;
            }
        }
        last = next;
        throw error("expected " + (words.length == 1 ? "" : "one of ") + String.join(", ", words));
    }

    /**
     * Reads a domain name. A final dot is added if missing; an internationalised name becomes its A-label form
     * (RFC 5890). What holds {@code :}, <code>[</code> or, outside of .arpa, {@code /} is an address or a URL, and no name.
     *
     * @param what what it is, for the error: {@code "a destination"}
     * @return an absolute name
     * @throws RuleSyntaxException if it is no domain name
     * @since 1.0
     */
    public Name name(String what) throws RuleSyntaxException {
        String word = word(what);
        try {
            return NameWord.parse(word);
        } catch (IllegalArgumentException e) {
            throw error("'" + word + "' is " + e.getMessage() + ": expected " + what);
        }
    }

    /**
     * Reads a list of upstreams, separated by commas.
     *
     * @return one or more upstreams
     * @throws RuleSyntaxException if one cannot be read, or is there twice
     * @since 1.0
     */
    public List<Upstream> upstreams() throws RuleSyntaxException {
        List<Upstream> found = new ArrayList<>();
        boolean more = true;
        while (more) {
            int start = next;
            String item = word("an upstream").split(",", 2)[0];
            next = start + item.length();
            try {
                Upstream upstream = Upstream.parse(item);
                if (found.contains(upstream)) {
                    throw error("'" + item + "' is there twice");
                }
                found.add(upstream);
            } catch (IllegalArgumentException e) {
                throw new RuleSyntaxException(start + 1, String.valueOf(e.getMessage()));
            }
            skipSpaces();
            more = hasNext() && line.charAt(next) == ',';
            if (more) {
                next++;
                skipSpaces();
            }
        }
        if (hasNext() && Character.isDigit(line.charAt(next))) {
            throw new RuleSyntaxException(next + 1, "expected a comma before the next upstream");
        }
        return List.copyOf(found);
    }

    /**
     * Reads all that is left, inner spaces and all.
     *
     * @param what what it is, for the error
     * @return the rest of the arguments, without surrounding spaces
     * @throws RuleSyntaxException if nothing is left
     * @since 1.0
     */
    public String rest(String what) throws RuleSyntaxException {
        last = next;
        if (!hasNext()) {
            throw error("expected " + what);
        }
        String rest = line.substring(next, end).strip();
        next = end;
        return rest;
    }

    /**
     * Checks that nothing is left.
     *
     * @throws RuleSyntaxException if something is
     * @since 1.0
     */
    public void end() throws RuleSyntaxException {
        if (hasNext()) {
            last = next;
            throw error("expected 'if' or the end of the rule");
        }
    }

    /**
     * Makes an error that points at what was read last.
     *
     * @param message what is wrong and what was expected
     * @return the exception, to be thrown
     * @since 1.0
     */
    public RuleSyntaxException error(String message) {
        return new RuleSyntaxException(last + 1, message);
    }

    private void skipSpaces() {
        while (next < end && isSpace(line.charAt(next))) {
            next++;
        }
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }
}

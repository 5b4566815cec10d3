package org.sentrydns.server.list;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of an AdBlock rule that says for which names it is. Immutable.
 *
 * @param start what stands in front: "||" (a label starts here), "|" (the name starts here) or nothing
 * @param body names, and asterisks for any letters
 * @param closed whether the name ends behind the body
 */
record AdblockPattern(String start, String body, boolean closed) {
    /** Behind an escaped dot no label starts. */
    private static final String LABEL_START = "(?:^|(?<!\\\\)\\.)";

    private static final Pattern LITERAL_AND_ASTERISKS = Pattern.compile("[a-z0-9_.*-]+");
    private static final Pattern ONLY_ASTERISKS = Pattern.compile("\\.?\\**");

    /**
     * Takes a pattern apart.
     *
     * @return null if it is about more of an address than its host
     * @throws UnreadableLineException if it is about neither
     */
    static @Nullable AdblockPattern read(String text) throws UnreadableLineException {
        String start = text.startsWith("||") ? "||" : text.startsWith("|") ? "|" : "";
        String body = text.substring(start.length());
        boolean closed = false;
        if (body.endsWith("|")) {
            closed = true;
            body = cut(body, 1);
        }
        while (body.endsWith("^*")) {
            body = cut(body, 1);
        }
        // Behind a host there is always a slash: ||example.com/ is all of it.
        if (body.endsWith("^") || (body.endsWith("/") && !start.isEmpty())) {
            closed = true;
            body = cut(body, 1);
        }
        if (has(body, "/?&=:^%")) {
            requireAddress(start, body);
            return null;
        }
        return new AdblockPattern(start, body.toLowerCase(Locale.ROOT), closed);
    }

    /** What is about a whole address is for browsers, and said nothing about; what is meant for us must not pass for it. */
    private static void requireAddress(String start, String body) throws UnreadableLineException {
        if (has(body, " \t")) {
            throw new UnreadableLineException("expected one rule, or a comment behind '#'");
        }
        if (start.isEmpty() && has(body, "\\([{^") && !has(body, "/&=%")) {
            throw new UnreadableLineException(
                    "no rule for names: expected a regular expression between slashes, as in /^ads[0-9]/");
        }
    }

    private static boolean has(String text, String anyOf) {
        return text.chars().anyMatch(c -> anyOf.indexOf(c) >= 0);
    }

    private static String cut(String text, int letters) {
        return text.substring(0, text.length() - letters);
    }

    boolean everyName() {
        return ONLY_ASTERISKS.matcher(body).matches();
    }

    /** The name that the pattern is about, if it needs no regular expression. */
    @Nullable
    String name() {
        boolean open = !start.isEmpty() && !closed;
        String name = onlyBelow() ? body.substring(body.indexOf('.') + 1) : body;
        return open || name.indexOf('*') >= 0 ? null : name;
    }

    /** Which names it reaches, from {@link #name} on. A name alone says the same as in a list of names. */
    Meaning meaning() {
        return onlyBelow() ? Meaning.ONLY_BELOW : start.equals("|") ? Meaning.ONLY_SELF : Meaning.WHOLE;
    }

    private boolean onlyBelow() {
        return body.startsWith("*.") || (start.isEmpty() && body.startsWith("."));
    }

    /** @throws UnreadableLineException if no host name can look like this */
    String regex() throws UnreadableLineException {
        if (!LITERAL_AND_ASTERISKS.matcher(body).matches()) {
            throw new UnreadableLineException("'" + BadText.shown(body) + "' is no part of a domain name");
        }
        String any = body.replace(".", "\\.").replaceAll("\\*+", ".*");
        return (start.equals("||") ? LABEL_START : start.equals("|") ? "^" : "") + any + (closed ? "$" : "");
    }
}

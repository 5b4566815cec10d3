package org.sentrydns.plugin.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.sentrydns.api.Query;
import org.sentrydns.api.RuleSyntaxException;
import org.sentrydns.api.RuleText;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/**
 * Immutable. A name with groups of the subject in it.
 *
 * @param parts the name in presentation form, cut at its groups
 */
record Template(List<Part> parts) {
    // An A-label (RFC 5890) is a code of its whole label: what a group puts into it would change every letter.
    private static final Pattern CODED_GROUP = Pattern.compile("(?:^|\\.)xn--[^.]*\\\\\\$", Pattern.CASE_INSENSITIVE);

    sealed interface Part {}

    record Literal(String text) implements Part {}

    record Group(int number) implements Part {}

    /**
     * Finds the groups in a name that was just read from the text. Names write a dollar sign as {@code \$} and every
     * other odd byte escaped too, so that no group is mistaken for a letter.
     */
    static Template of(Name name, RuleText text) throws RuleSyntaxException {
        String written = name.toString(true);
        List<Part> parts = new ArrayList<>();
        int from = 0;
        for (int at = written.indexOf('\\'); at >= 0; at = written.indexOf('\\', at + 2)) {
            if (written.charAt(at + 1) == '$') {
                parts.add(new Literal(written.substring(from, at)));
                parts.add(group(written, at + 2, text));
                from = at + 3;
            }
        }
        if (CODED_GROUP.matcher(written).find()) {
            throw text.error("a label cannot hold both a group and letters outside ASCII");
        }
        parts.add(new Literal(written.substring(from)));
        return new Template(List.copyOf(parts));
    }

    private static Group group(String written, int at, RuleText text) throws RuleSyntaxException {
        int number = at < written.length() ? written.charAt(at) - '0' : 0;
        if (number < 1 || number > 9) {
            throw text.error("'$' takes the number of a group: expected $1 to $9");
        }
        if (number > text.groups()) {
            throw text.error("'$" + number + "' takes a group that the pattern does not have: it has " + text.groups());
        }
        return new Group(number);
    }

    boolean fixed() {
        return parts.size() == 1;
    }

    Name fill(Query query) {
        StringBuilder filled = new StringBuilder();
        for (Part part : parts) {
            filled.append(
                    switch (part) {
                        case Literal literal -> literal.text();
                        case Group group -> query.group(group.number()).orElse("");
                    });
        }
        try {
            return Name.fromString(filled.toString(), Name.root);
        } catch (TextParseException e) {
            throw new IllegalArgumentException(
                    "rewriting " + query.name() + " gives '" + filled + "', which is no domain name", e);
        }
    }
}

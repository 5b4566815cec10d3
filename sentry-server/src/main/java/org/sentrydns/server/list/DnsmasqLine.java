package org.sentrydns.server.list;

import java.io.IOException;
import java.util.Set;
import org.sentrydns.api.ListEntry;

/**
 * A line of dnsmasq's configuration: {@code address=/example.com/0.0.0.0}, {@code server=/example.com/},
 * {@code local=/example.com/}. Confined to one thread.
 */
final class DnsmasqLine {
    private static final Set<String> OF_NAMES = Set.of("address", "server", "local");
    private static final Set<String> WITHOUT_VALUE = Set.of(
            "bogus-priv",
            "dnssec",
            "domain-needed",
            "expand-hosts",
            "filterwin2k",
            "localise-queries",
            "log-queries",
            "no-hosts",
            "no-negcache",
            "no-poll",
            "no-resolv",
            "stop-dns-rebind",
            "strict-order");

    private final ListDraft draft;
    private final NameBuffer name = new NameBuffer();

    DnsmasqLine(ListDraft draft) {
        this.draft = draft;
    }

    /** Whether one word is an option, although it might be a name. */
    static boolean isOption(NameBuffer word) {
        return !word.hasDot() && WITHOUT_VALUE.contains(word.toString());
    }

    /** Whether a line is a word of small letters and an equals sign. */
    static boolean fits(Line line) {
        int at = 0;
        while (isOfKey(line.at(at))) {
            at++;
        }
        int end = at;
        while (line.at(at) == ' ') {
            at++;
        }
        return end > 0 && line.at(at) == '=';
    }

    private static boolean isOfKey(int b) {
        return (b >= 'a' && b <= 'z') || b == '-' || (b >= '0' && b <= '9');
    }

    void read(Line line) throws UnreadableLineException, IOException {
        String text = line.text();
        int equals = text.indexOf('=');
        String key = text.substring(0, equals).strip();
        if (!OF_NAMES.contains(key)) {
            draft.ignore();
            return;
        }
        int comment = text.indexOf(" #", equals);
        String value = text.substring(equals + 1, comment < 0 ? text.length() : comment)
                .strip();
        if (value.startsWith("/")) {
            int end = value.lastIndexOf('/');
            if (end == 0) {
                throw new UnreadableLineException("expected '/' behind the name, as in " + key + "=/example.com/");
            }
            names(value.substring(1, end).split("/", -1), meaning(key, value.substring(end + 1)), line);
        } else if (key.equals("address")) {
            throw new UnreadableLineException("expected address=/example.com/");
        } else {
            draft.ignore();
        }
    }

    /** Names that go to the servers of all others are as good as not in the list. */
    private static Meaning meaning(String key, String target) {
        if (target.isEmpty()) {
            return Meaning.WHOLE.with(ListEntry.Action.NXDOMAIN);
        }
        return target.equals("#") && !key.equals("address") ? Meaning.WHOLE.excepting() : Meaning.WHOLE;
    }

    private void names(String[] names, Meaning meaning, Line line) throws UnreadableLineException, IOException {
        for (String text : names) {
            check(text);
        }
        for (String text : names) {
            if (text.startsWith("*") && !text.startsWith("*.")) {
                readName(text.substring(1));
                draft.pattern(name.toString().replace(".", "\\.") + "$", false, meaning, line.number());
            } else if (text.isEmpty()) {
                // Names of one label: dnsmasq keeps them at home, which is not what lists are for.
                draft.ignore();
            } else {
                readName(text);
                draft.name(name, text.startsWith("*.") ? meaning.onlyBelow() : meaning, line.number());
            }
        }
    }

    private void check(String text) throws UnreadableLineException {
        if (text.equals("#")) {
            throw new UnreadableLineException("'#' is every name: expected a name, or the regular expression /^/ on a"
                    + " line of its own if it is meant");
        }
        if (!text.isEmpty()) {
            readName(text.startsWith("*") && !text.startsWith("*.") ? text.substring(1) : text);
        }
    }

    private void readName(String text) throws UnreadableLineException {
        name.read(text.startsWith("*.") ? text.substring(2) : text.startsWith(".") ? text.substring(1) : text);
    }
}

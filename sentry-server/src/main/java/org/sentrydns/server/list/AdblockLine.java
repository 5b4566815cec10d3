package org.sentrydns.server.list;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A rule of an AdBlock list, as AdGuard's DNS filter reads it: {@code ||example.com^}, {@code @@||example.com^$important},
 * {@code /regex/}. Confined to one thread.
 */
final class AdblockLine {
    private final ListDraft draft;
    private final NameBuffer name = new NameBuffer();

    AdblockLine(ListDraft draft) {
        this.draft = draft;
    }

    /** Whether one word can only be such a rule; a web page that came in place of a list and a CIDR block are none. */
    static boolean fits(String word) {
        return word.chars().anyMatch(c -> "^|$/?&".indexOf(c) >= 0)
                && !word.startsWith("<")
                && !Addresses.isAddress(word.substring(0, Math.max(0, word.indexOf('/'))));
    }

    /** Takes {@code ||example.com^}, which most rules look like, the fast way, and says whether the line is one. */
    boolean readPlain(Line line) throws IOException {
        boolean plain = line.startsWith("||")
                && line.bytes()[line.end() - 1] == '^'
                && name.readPlain(line.bytes(), line.start() + 2, line.end() - 1);
        if (plain) {
            draft.name(name, Meaning.WHOLE, line.number());
        }
        return plain;
    }

    void read(Line line) throws UnreadableLineException, IOException {
        String text = withoutComment(line.text());
        boolean exception = text.startsWith("@@");
        String rule = exception ? text.substring(2) : text;
        int dollar = optionsAt(rule);
        String pattern = rule.substring(0, dollar);
        boolean regex = pattern.length() > 2 && pattern.startsWith("/") && pattern.endsWith("/");
        boolean cosmetic = !regex && Cosmetic.isIn(rule);
        AdblockPattern host = regex || cosmetic ? null : AdblockPattern.read(pattern);
        AdblockOptions options = regex || host != null ? options(rule, dollar, exception) : null;
        if (options == null) {
            draft.ignore();
        } else if (host == null) {
            pattern(
                    pattern.substring(1, pattern.length() - 1),
                    true,
                    meaning(Meaning.WHOLE, exception, options),
                    options,
                    line);
        } else if (host.everyName()) {
            everyName(exception, options, line);
        } else {
            host(host, meaning(host.meaning(), exception, options), options, line);
        }
    }

    private static String withoutComment(String text) {
        if (text.indexOf('#') < 0) {
            return text;
        }
        boolean regex = text.startsWith("/") || text.startsWith("@@/");
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int at = 1; at < bytes.length; at++) {
            boolean ended = Line.isSpace(bytes[at - 1])
                    || (bytes[at - 1] == '^' && !regex && !Cosmetic.startsAt(bytes, at, bytes.length));
            if (bytes[at] == '#' && ended) {
                return new String(bytes, 0, at, StandardCharsets.UTF_8).stripTrailing();
            }
        }
        return text;
    }

    /** Where the dollar sign is, or the end: a dollar sign inside of a regular expression is not it. */
    private static int optionsAt(String rule) {
        int from = 0;
        if (rule.startsWith("/")) {
            int last = rule.endsWith("/") ? rule.length() - 1 : rule.lastIndexOf("/$");
            from = Math.max(0, last);
        }
        int dollar = rule.indexOf('$', from);
        return dollar < 0 ? rule.length() : dollar;
    }

    private static @Nullable AdblockOptions options(String rule, int dollar, boolean exception)
            throws UnreadableLineException {
        return dollar == rule.length()
                ? AdblockOptions.NONE
                : AdblockOptions.read(rule.substring(dollar + 1), exception);
    }

    private static Meaning meaning(Meaning plain, boolean exception, AdblockOptions options) {
        Meaning meaning = plain.with(options);
        return exception ? meaning.excepting() : meaning;
    }

    private void host(AdblockPattern host, Meaning meaning, AdblockOptions options, Line line)
            throws UnreadableLineException, IOException {
        String text = host.name();
        if (text == null) {
            pattern(host.regex(), false, meaning, options, line);
        } else {
            name.read(text);
            name(meaning, options, line);
        }
    }

    private void everyName(boolean exception, AdblockOptions options, Line line)
            throws UnreadableLineException, IOException {
        if (options.modifiers() == null) {
            throw new UnreadableLineException("this is every name: expected dnstype or denyallow, or the regular"
                    + " expression /^/ if it is meant");
        }
        name.readRoot();
        name(meaning(Meaning.WHOLE, exception, options), options, line);
    }

    private void name(Meaning meaning, AdblockOptions options, Line line) throws IOException {
        if (options.badfilter()) {
            draft.withoutName(name, meaning);
        } else {
            draft.name(name, meaning, line.number());
        }
    }

    private void pattern(String regex, boolean dotted, Meaning meaning, AdblockOptions options, Line line)
            throws UnreadableLineException {
        if (options.badfilter()) {
            draft.withoutPattern(regex, dotted, meaning);
        } else {
            draft.pattern(regex, dotted, meaning, line.number());
        }
    }
}

package org.sentrydns.server.list;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sentrydns.api.ListEntry;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Type;

/**
 * A line of a response policy zone: {@code ads.example.com CNAME .}. Only its policies for names that are asked for are
 * taken; those for addresses and servers are not for a list. A name that the zone would answer itself, or lead elsewhere, is
 * listed; what becomes of it, the rule says. Confined to one thread.
 */
final class ZoneLine {
    private static final Set<String> OTHER_TRIGGERS = Set.of("rpz-ip", "rpz-client-ip", "rpz-nsip", "rpz-nsdname");
    private static final Set<String> DIRECTIVES = Set.of("$TTL", "$ORIGIN", "$INCLUDE", "$GENERATE");
    /** An SOA record with a comment for each number has eight or so. */
    private static final int MOST_LINES = 30;

    private final ListDraft draft;
    private final NameBuffer name = new NameBuffer();
    private final ZoneNames names = new ZoneNames();
    private final ZoneTokens record = new ZoneTokens();
    private boolean started;
    private boolean indented;
    private int number;
    private ZoneNames.@Nullable Owner owner;

    ZoneLine(ListDraft draft) {
        this.draft = draft;
    }

    /** Whether a record goes on, which makes the next line a part of it, whatever it looks like. */
    boolean isOpen() {
        return record.isOpen();
    }

    /** Whether a line is best explained as a part of a zone. */
    boolean isStarted() {
        return started;
    }

    static boolean isDirective(Line line) {
        return line.startsWith("$") && DIRECTIVES.stream().anyMatch(line::startsWithIgnoringCase);
    }

    /** Whether a line of several words is a record: its owner, perhaps a TTL and a class, and a type. */
    boolean fits(Line line) {
        if (started && line.indented()) {
            return true;
        }
        int word = 1;
        while (word < line.words() - 1 && word < 3 && isTtlOrClass(line.word(word))) {
            word++;
        }
        return line.words() > word
                && (isType(line.word(word)) || (started && line.word(word).startsWith("(")))
                && (!isTypeOfAddress(line.word(word))
                        || (line.words() > word + 1 && Addresses.isAddress(line.word(word + 1))));
    }

    /** The one of these types is a word of English, too. */
    private static boolean isTypeOfAddress(String word) {
        int type = Type.value(word);
        return type == Type.A || type == Type.AAAA;
    }

    private static boolean isTtlOrClass(String word) {
        return Character.isDigit(word.charAt(0)) || (!word.equals("CNAME") && DClass.value(word) >= 0);
    }

    private static boolean isType(String word) {
        return word.equals("CNAME") || Type.value(word) >= 0;
    }

    void read(Line line) throws UnreadableLineException, IOException {
        if (!record.isOpen()) {
            record.clear();
            indented = line.indented() && started;
            number = line.number();
        }
        record.add(line.text());
        if (record.isOpen() && record.lines() == MOST_LINES) {
            record.clear();
            throw new UnreadableLineException("expected ')' for the '(' in line " + number);
        }
        if (!record.isOpen()) {
            started = true;
            read(record.tokens());
        }
    }

    private void read(List<String> tokens) throws UnreadableLineException, IOException {
        String first = tokens.isEmpty() ? "" : tokens.get(0);
        switch (first.toUpperCase(Locale.ROOT)) {
            case "" -> {}
            case "$TTL" -> {}
            case "$ORIGIN" -> names.origin(token(tokens, 1, "the origin's name"));
            case "$INCLUDE", "$GENERATE" ->
                throw new UnreadableLineException(first + " is not supported: expected records");
            default -> readRecord(tokens);
        }
    }

    private void readRecord(List<String> tokens) throws UnreadableLineException, IOException {
        ZoneNames.Owner before = owner;
        // A record behind one whose owner cannot be read must not go to the owner before that.
        owner = null;
        ZoneNames.Owner current = indented ? before : names.owner(tokens.get(0));
        if (current == null) {
            throw new UnreadableLineException("expected a name: there is none in the record before");
        }
        owner = current;
        int at = indented ? 0 : 1;
        while (at < tokens.size() - 1 && isTtlOrClass(tokens.get(at))) {
            at++;
        }
        int type = Type.value(token(tokens, at, "a type"));
        if (type < 0) {
            throw new UnreadableLineException("unknown type '" + BadText.shown(tokens.get(at))
                    + "': expected a record as in example.com CNAME .");
        }
        if (type == Type.SOA) {
            names.apex(current);
        }
        if (type == Type.CNAME) {
            String target = token(tokens, at + 1, "a policy: . or *. or rpz-passthru. or rpz-drop.");
            readPolicy(current, policy(names.trigger(current), target.toLowerCase(Locale.ROOT)));
        } else if (type == Type.A || type == Type.AAAA) {
            String address = token(tokens, at + 1, "an address");
            if (!Addresses.isAddress(address)) {
                throw new UnreadableLineException("'" + BadText.shown(address) + "' is no address");
            }
            readPolicy(current, Meaning.WHOLE);
        } else {
            readPolicy(current, null);
        }
    }

    private static String token(List<String> tokens, int at, String what) throws UnreadableLineException {
        if (at >= tokens.size()) {
            throw new UnreadableLineException("expected " + what);
        }
        return tokens.get(at);
    }

    private void readPolicy(ZoneNames.Owner current, @Nullable Meaning policy)
            throws UnreadableLineException, IOException {
        String trigger = names.trigger(current);
        String top = trigger.substring(trigger.lastIndexOf('.') + 1);
        if (policy == null || OTHER_TRIGGERS.contains(top) || (trigger.isEmpty() && !current.wildcard())) {
            draft.ignore();
            return;
        }
        if (trigger.isEmpty()) {
            name.readRoot();
        } else {
            name.readEscaped(trigger);
        }
        Meaning reach = current.wildcard() ? policy.onlyBelow() : policy.onlySelf();
        draft.name(name, reach.ofZone(), number);
    }

    private static @Nullable Meaning policy(String trigger, String target) {
        return switch (target) {
            case "." -> Meaning.WHOLE.with(ListEntry.Action.NXDOMAIN);
            case "*." -> Meaning.WHOLE.with(ListEntry.Action.NODATA);
            case "rpz-drop." -> Meaning.WHOLE.with(ListEntry.Action.DROP);
            case "rpz-passthru." -> Meaning.WHOLE.excepting();
            case "rpz-tcp-only." -> null;
            // How the first zones said rpz-passthru; to any other name, the zone would lead away.
            default -> target.equals(trigger + '.') ? Meaning.WHOLE.excepting() : Meaning.WHOLE;
        };
    }

    /** @throws UnreadableLineException if the list ended within a record */
    void end() throws UnreadableLineException {
        if (record.isOpen()) {
            throw new UnreadableLineException("expected ')' for the '(' in line " + number);
        }
    }
}

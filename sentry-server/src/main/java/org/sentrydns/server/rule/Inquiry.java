package org.sentrydns.server.rule;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sentrydns.api.Query;
import org.sentrydns.api.ReplyFilter;
import org.sentrydns.server.regex.NamePattern;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.QueryMessage;
import org.sentrydns.server.wire.WireName;
import org.xbill.DNS.Name;

/**
 * What is asked: the client's query under the name that it has now. Confined to one virtual thread: names are made when
 * first needed.
 */
public final class Inquiry {
    private final Asker asker;
    private final QueryMessage message;
    private final @Nullable Inquiry original;
    private final boolean clientsOwn;
    private final int type;
    private final String dotted;
    private final @Nullable PendingFilter filters;
    /** Verbs, each with the number of the rule behind which it is passed over. */
    private final Map<String, Integer> passedOver;

    private final boolean followed;
    private @Nullable String lowerCase;
    private @Nullable NamePattern tried;
    private boolean found;
    private @Nullable NamePattern triedBefore;
    private boolean foundBefore;
    private @Nullable Name name;

    private Inquiry(
            Asker asker,
            QueryMessage message,
            int type,
            @Nullable Inquiry original,
            @Nullable Name name,
            boolean clientsOwn,
            String dotted,
            @Nullable PendingFilter filters,
            Map<String, Integer> passedOver,
            boolean followed) {
        this.followed = followed;
        this.filters = filters;
        this.passedOver = passedOver;
        this.type = type;
        this.asker = asker;
        this.message = message;
        this.original = original;
        this.name = name;
        this.clientsOwn = clientsOwn;
        this.dotted = dotted;
    }

    public static Inquiry of(Asker asker, QueryMessage message) {
        String dotted = WireName.text(message.bytes(), Header.QUESTION);
        return new Inquiry(asker, message, message.type(), null, null, true, dotted, null, Map.of(), false);
    }

    /** The same question under another name; the client's own comes back in the reply. */
    public Inquiry renamed(Name newName) {
        String text = WireName.text(newName.toWire(), 0);
        return new Inquiry(asker, message, type, first(), newName, false, text, filters, passedOver, followed);
    }

    /** The same client would ask for another name, to which an answer leads, as a question of its own. */
    public Inquiry about(Name newName) {
        String text = WireName.text(newName.toWire(), 0);
        return new Inquiry(asker, message, type, null, newName, false, text, null, passedOver, true);
    }

    /** The same name, as if it were asked for another type. */
    public Inquiry ofType(int otherType) {
        return new Inquiry(
                asker, message, otherType, original, name, clientsOwn, dotted, filters, passedOver, followed);
    }

    /** The same, and the reply goes through a filter. */
    Inquiry filtered(CompiledRule rule, Query query, ReplyFilter filter) {
        PendingFilter pending = new PendingFilter(rule, this, query, filter, filters);
        return new Inquiry(asker, message, type, original, name, clientsOwn, dotted, pending, passedOver, followed);
    }

    /** The same, as what an answer leads to: nobody asked for it, but what is decided about it holds. */
    public Inquiry followed() {
        return new Inquiry(asker, message, type, original, name, clientsOwn, dotted, filters, passedOver, true);
    }

    /**
     * The same, without the rules of some verbs that stand behind one.
     *
     * @param number the place of that rule in the order
     */
    Inquiry passingOver(Set<String> verbs, int number) {
        Map<String, Integer> all = new HashMap<>(passedOver);
        verbs.forEach(verb -> all.putIfAbsent(verb, number));
        return new Inquiry(asker, message, type, original, name, clientsOwn, dotted, filters, all, followed);
    }

    /** The filter that sees the reply first; null if there is none. */
    public @Nullable PendingFilter filters() {
        return filters;
    }

    /** @param number the rule's place in the order */
    boolean passesOver(CompiledRule rule, int number) {
        return !passedOver.isEmpty() && number > passedOver.getOrDefault(rule.verb(), Integer.MAX_VALUE);
    }

    /** The verbs that are passed over from some rule on. */
    Set<String> passedOver() {
        return passedOver.keySet();
    }

    /** Whether no client asks for it, but an answer leads there. */
    boolean isFollowed() {
        return followed;
    }

    /** Whether an expression matches the name. The last two are remembered: the rules of one subject often follow one another. */
    @SuppressWarnings("ReferenceEquality") // rules with the same expression share it
    boolean matches(NamePattern pattern) {
        if (pattern == tried) {
            return found;
        }
        if (pattern == triedBefore) {
            return foundBefore;
        }
        boolean matches = pattern.matches(dotted);
        triedBefore = tried;
        foundBefore = found;
        tried = pattern;
        found = matches;
        return matches;
    }

    private Inquiry first() {
        return original == null ? this : original;
    }

    public Asker asker() {
        return asker;
    }

    public QueryMessage message() {
        return message;
    }

    /** The type that rules see. */
    public int type() {
        return type;
    }

    /** Whether the name is the one in the client's message, not one that a rule brought in. */
    public boolean isClientsOwn() {
        return clientsOwn;
    }

    /** The name as people write it, with its final dot. */
    public String dotted() {
        return dotted;
    }

    /** The name in lower case and without its final dot, as lists have it; the root stays a dot. */
    public String lowerCase() {
        String known = lowerCase;
        if (known == null) {
            String undotted = dotted.length() > 1 ? dotted.substring(0, dotted.length() - 1) : dotted;
            known = undotted.toLowerCase(Locale.ROOT);
            lowerCase = known;
        }
        return known;
    }

    public Name name() {
        Name known = name;
        if (known == null) {
            known = QuestionNames.read(message);
            name = known;
        }
        return known;
    }

    /** The name in wire form, its letters' case as it was asked. */
    public byte[] wireName() {
        return clientsOwn ? message.name() : name().toWire();
    }

    public Name askedName() {
        return first().name();
    }
}

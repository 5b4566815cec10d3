package org.sentrydns.server.rule;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
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
    private @Nullable String lowerCase;
    private @Nullable Name name;

    private Inquiry(
            Asker asker,
            QueryMessage message,
            int type,
            @Nullable Inquiry original,
            @Nullable Name name,
            String dotted) {
        this.type = type;
        this.asker = asker;
        this.message = message;
        this.original = original;
        this.name = name;
        this.clientsOwn = name == null;
        this.dotted = dotted;
    }

    public static Inquiry of(Asker asker, QueryMessage message) {
        return new Inquiry(asker, message, message.type(), null, null, WireName.text(message.bytes(), Header.QUESTION));
    }

    /** The same question under another name; the client's own comes back in the reply. */
    public Inquiry renamed(Name newName) {
        return new Inquiry(asker, message, type, first(), newName, WireName.text(newName.toWire(), 0));
    }

    /** The same client asks for another name, as a question of its own. */
    public Inquiry about(Name newName) {
        return new Inquiry(asker, message, type, null, newName, WireName.text(newName.toWire(), 0));
    }

    /** The same name, as if it were asked for another type. */
    public Inquiry ofType(int otherType) {
        return new Inquiry(asker, message, otherType, original, name, dotted);
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

    public Name askedName() {
        return first().name();
    }
}

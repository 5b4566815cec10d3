package org.sentrydns.server.list;

import org.jspecify.annotations.Nullable;
import org.sentrydns.server.config.DomainNames;

/** Makes whole names of those in a zone file, and of these the names that the zone is about. Confined to one thread. */
final class ZoneNames {
    private final NameBuffer buffer = new NameBuffer();
    /** What relative names are below; null if nobody can say. */
    private @Nullable String origin = "";

    private boolean originSaid;
    private @Nullable String apex;

    /**
     * The owner of a record. Immutable.
     *
     * @param wildcard whether it is all names below
     * @param name without the final dot; the root is empty
     */
    record Owner(boolean wildcard, String name) {}

    void origin(String text) throws UnreadableLineException {
        String before = origin;
        // If the new one cannot be read, the names behind it must not go below the old one.
        origin = null;
        origin = owner(text, before).name();
        originSaid = true;
        if (apex == null) {
            apex = origin;
        }
    }

    /** Takes the owner of the SOA record, the zone's own name. */
    void apex(Owner owner) {
        apex = owner.name();
        if (!originSaid) {
            origin = owner.name();
        }
    }

    Owner owner(String text) throws UnreadableLineException {
        return owner(text, origin);
    }

    private Owner owner(String text, @Nullable String base) throws UnreadableLineException {
        String end = isAbsolute(text) ? "" : base;
        if (end == null) {
            throw new UnreadableLineException("the last $ORIGIN could not be read: expected a name with a final dot");
        }
        if (text.equals("@")) {
            return new Owner(false, end);
        }
        boolean wildcard = text.equals("*") || text.startsWith("*.");
        String name = wildcard ? text.substring(Math.min(2, text.length())) : text;
        if (name.isEmpty() || name.equals(".")) {
            return new Owner(wildcard, end);
        }
        buffer.readEscaped(name);
        return new Owner(wildcard, end.isEmpty() ? buffer.toString() : buffer.toString() + '.' + end);
    }

    private static boolean isAbsolute(String text) {
        return DomainNames.isBoundary(text, text.length() - 1);
    }

    /**
     * Cuts the zone's own name off.
     *
     * @return the name that the record is about, empty for the root
     * @throws UnreadableLineException if the record does not belong to the zone
     */
    String trigger(Owner owner) throws UnreadableLineException {
        String name = owner.name();
        if (apex == null || apex.isEmpty()) {
            return name;
        }
        int dot = name.length() - apex.length() - 1;
        if (!name.endsWith(apex) || (dot >= 0 && !DomainNames.isBoundary(name, dot))) {
            throw new UnreadableLineException("'" + BadText.shown(name) + "' is outside of the zone '" + apex
                    + "': expected a name without a final dot, or one that ends with the zone's");
        }
        return dot < 0 ? "" : name.substring(0, dot);
    }
}

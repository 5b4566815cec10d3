package org.sentrydns.server.config;

import java.net.IDN;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/** Domain names as people write them. */
public final class DomainNames {
    private DomainNames() {}

    /**
     * Reads one, also an internationalised one (RFC 5890).
     *
     * @return the name, absolute
     * @throws IllegalArgumentException if it is none
     */
    public static Name parse(String text) {
        try {
            if (text.isEmpty() || text.equals("@") || text.chars().anyMatch(Character::isWhitespace)) {
                throw new TextParseException(text);
            }
            boolean ascii = text.chars().allMatch(c -> c < 0x80);
            return Name.fromString(ascii ? text : IDN.toASCII(text, IDN.ALLOW_UNASSIGNED), Name.root);
        } catch (TextParseException | IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' is no domain name", e);
        }
    }
}

package org.sentrydns.server.config;

import java.net.IDN;
import java.util.regex.Pattern;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/** Domain names as people write them. */
public final class DomainNames {
    /** Sharp s in both cases, final sigma, zero-width non-joiner and joiner. */
    private static final String DEVIATIONS = "\u00df\u1e9e\u03c2\u200c\u200d";

    /** What an ambiguous name is. */
    public static final String AMBIGUOUS =
            "ambiguous: IDNA 2003 and 2008 make different names of it (write its xn-- form)";

    /** Also of those that Java does not take for white space, such as one that does not break a line. */
    private static final Pattern SPACE = Pattern.compile("[\\p{Z}\\p{Cc}]");

    private DomainNames() {}

    /**
     * Reads one, also an internationalised one (RFC 5890).
     *
     * @return the name, absolute
     * @throws IllegalArgumentException if it is none
     */
    public static Name parse(String text) {
        if (isAmbiguous(text)) {
            throw new IllegalArgumentException("'" + text + "' is " + AMBIGUOUS);
        }
        try {
            if (text.isEmpty() || text.equals("@") || SPACE.matcher(text).find()) {
                throw new TextParseException(text);
            }
            boolean ascii = text.chars().allMatch(c -> c < 0x80);
            return Name.fromString(ascii ? text : IDN.toASCII(text, IDN.ALLOW_UNASSIGNED), Name.root);
        } catch (TextParseException | IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' is no domain name", e);
        }
    }

    /**
     * Whether a name has letters that mean another name to IDNA 2003, as the JDK has it, than to registries and browsers of
     * today: to map them would be to take somebody else's name (RFC 5894 section 7.2).
     */
    public static boolean isAmbiguous(String text) {
        return text.chars().anyMatch(c -> DEVIATIONS.indexOf(c) >= 0);
    }

    /**
     * Whether a name is another one or below it, in letters of either case.
     *
     * @param name as it is written, with its final dot
     * @param other the other one, without; empty for the root
     */
    public static boolean isOrBelow(String name, String other) {
        int start = name.length() - 1 - other.length();
        return other.isEmpty()
                || (start >= 0
                        && name.regionMatches(true, start, other, 0, other.length())
                        && (start == 0 || isBoundary(name, start - 1)));
    }

    /** Whether a label ends here: at a dot that no backslash makes a letter (RFC 1035 section 5.1). */
    public static boolean isBoundary(CharSequence name, int at) {
        if (name.charAt(at) != '.') {
            return false;
        }
        int backslash = at;
        while (backslash > 0 && name.charAt(backslash - 1) == '\\') {
            backslash--;
        }
        return (at - backslash) % 2 == 0;
    }
}

package org.sentrydns.api;

import java.net.IDN;
import java.util.regex.Pattern;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

// Reads a domain name in a rule line.
final class NameWord {
    private static final Pattern ADDRESS =
            Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f.]*:[0-9A-Fa-f.]*:[0-9A-Fa-f.:]*");

    /**
     * What a name could hold, but what is meant for an address, a port or a URL, or has come along when the name was copied;
     * reverse zones have slashes (RFC 2317).
     */
    private static final Pattern ELSE = Pattern.compile(
            ".*([:\\[]|(?<!\\\\)[\",;\\p{Z}\\p{Cc}]).*|(?!.*\\.arpa\\.?$).*/.*", Pattern.CASE_INSENSITIVE);

    /** Sharp s, final sigma, joiners: another name to IDNA 2003, which the JDK has, than to registries (RFC 5894). */
    private static final Pattern AMBIGUOUS = Pattern.compile("[\u00df\u1e9e\u03c2\u200c\u200d]");

    private NameWord() {}

    // Returns an absolute name; the message of an IllegalArgumentException says what the word is instead.
    static Name parse(String word) {
        if (ADDRESS.matcher(word).matches()) {
            throw new IllegalArgumentException("an IP address");
        }
        if (AMBIGUOUS.matcher(word).find()) {
            throw new IllegalArgumentException("ambiguous (write its xn-- form)");
        }
        // A lone @ is the origin of a zone file, and there is none here.
        if (ELSE.matcher(word).matches() || word.equals("@")) {
            throw new IllegalArgumentException("not a domain name");
        }
        try {
            boolean ascii = word.chars().allMatch(c -> c < 128);
            return Name.fromString(ascii ? word : IDN.toASCII(word, IDN.ALLOW_UNASSIGNED), Name.root);
        } catch (TextParseException | IllegalArgumentException e) {
            throw new IllegalArgumentException("not a domain name", e);
        }
    }
}

package org.sentrydns.server.list;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.sentrydns.server.config.DomainNames;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/**
 * A name of a list as the tables hold it: presentation form, lower case, without the final dot, internationalised labels as
 * A-labels. Used again for each name. Confined to one thread.
 */
final class NameBuffer {
    private static final int MAX_LABEL = 63;
    private static final int MAX_NAME = 253;
    /** Each of 250 bytes written as a backslash and three digits. */
    private static final int MAX_ESCAPED = 1024;
    /** The letters that names have in lists, in lower case; 0 for all other bytes. */
    private static final byte[] LETTERS = letters();

    private final byte[] bytes = new byte[MAX_ESCAPED];
    private int length;

    NameBuffer() {}

    NameBuffer(NameBuffer other) {
        other.copyTo(bytes, 0);
        length = other.length;
    }

    private static byte[] letters() {
        byte[] letters = new byte[256];
        for (char c : "abcdefghijklmnopqrstuvwxyz0123456789-_".toCharArray()) {
            letters[c] = (byte) c;
            letters[Character.toUpperCase(c)] = (byte) c;
        }
        return letters;
    }

    int length() {
        return length;
    }

    void copyTo(byte[] target, int at) {
        System.arraycopy(bytes, 0, target, at, length);
    }

    boolean equalTo(byte[] other, int start) {
        return Arrays.equals(bytes, 0, length, other, start, start + length);
    }

    int hash() {
        int hash = NameHash.START;
        for (int i = length - 1; i >= 0; i--) {
            hash = NameHash.step(hash, bytes[i]);
        }
        return hash;
    }

    boolean hasDot() {
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '.') {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    /** The root, above every name. */
    void readRoot() {
        length = 0;
    }

    /**
     * Reads an ordinary name, the fast way.
     *
     * @return false if it is none: {@link #read} knows better
     */
    boolean readPlain(byte[] text, int from, int to) {
        int end = to > from && text[to - 1] == '.' ? to - 1 : to;
        if (end - from > MAX_NAME || Addresses.isIpv4(text, from, end)) {
            return false;
        }
        int label = 0;
        for (int i = from; i < end; i++) {
            byte letter = LETTERS[text[i] & 0xff];
            label = text[i] == '.' ? 0 : label + 1;
            if (label > MAX_LABEL || (letter == 0 && (text[i] != '.' || i == from || text[i - 1] == '.'))) {
                return false;
            }
            bytes[i - from] = letter == 0 ? (byte) '.' : letter;
        }
        length = end - from;
        return label > 0;
    }

    /**
     * Reads a name as people write it.
     *
     * @throws UnreadableLineException if it is none
     */
    void read(String text) throws UnreadableLineException {
        String ascii = isAscii(text) ? text : toAscii(text);
        byte[] name = ascii.getBytes(StandardCharsets.ISO_8859_1);
        if (!readPlain(name, 0, name.length)) {
            throw new UnreadableLineException("'" + BadText.shown(text) + "' is " + mistake(ascii));
        }
    }

    /**
     * Reads a name of a zone file, which may hold any byte (RFC 1035 section 5.1).
     *
     * @throws UnreadableLineException if it is none
     */
    void readEscaped(String text) throws UnreadableLineException {
        if (text.indexOf('\\') < 0) {
            read(text);
            return;
        }
        try {
            String name = Name.fromString(text, Name.root).toString().toLowerCase(Locale.ROOT);
            byte[] ascii = name.getBytes(StandardCharsets.ISO_8859_1);
            length = ascii.length - 1;
            System.arraycopy(ascii, 0, bytes, 0, length);
        } catch (TextParseException e) {
            throw new UnreadableLineException("'" + BadText.shown(text) + "' is no domain name");
        }
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static String toAscii(String text) throws UnreadableLineException {
        if (DomainNames.isAmbiguous(text)) {
            throw new UnreadableLineException("'" + BadText.shown(text) + "' is " + DomainNames.AMBIGUOUS);
        }
        try {
            return IDN.toASCII(text, IDN.ALLOW_UNASSIGNED);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new UnreadableLineException(
                    "'" + BadText.shown(text) + "' is no internationalised domain name (RFC 3490)");
        }
    }

    private static String mistake(String name) {
        String undotted = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        if (Addresses.isAddress(name)) {
            return "an address: expected a domain name";
        }
        if (undotted.isEmpty() || undotted.startsWith(".") || undotted.endsWith(".") || undotted.contains("..")) {
            return "no domain name: a label is empty";
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c != '.' && LETTERS[c & 0xff] == 0) {
                return c == '*'
                        ? "no domain name: expected '*' only in front, as in *.example.com"
                        : "no domain name: " + BadText.character(c) + " cannot be in one";
            }
        }
        return undotted.length() > MAX_NAME
                ? "no domain name: it is longer than " + MAX_NAME + " bytes"
                : "no domain name: a label is longer than " + MAX_LABEL + " bytes";
    }
}

package org.sentrydns.server.list;

import org.xbill.DNS.Address;

/** Tells addresses from names. */
final class Addresses {
    private static final int PARTS = 4;

    private Addresses() {}

    /** Whether it is an IPv4 address, or an IPv6 one, perhaps with its interface: {@code fe80::1%lo0}. */
    static boolean isAddress(String text) {
        int zone = text.indexOf('%');
        String address = zone < 0 ? text : text.substring(0, zone);
        return Address.toByteArray(address, Address.IPv4) != null || Address.toByteArray(address, Address.IPv6) != null;
    }

    /** The same for IPv4, without making a text of it: nearly every line of most lists is asked. */
    static boolean isIpv4(byte[] text, int from, int to) {
        if (to <= from || !isDigit(text[to - 1])) {
            return false;
        }
        int parts = 1;
        int part = 0;
        int digits = 0;
        for (int i = from; i < to; i++) {
            if (text[i] == '.' && digits > 0) {
                parts++;
                part = 0;
                digits = 0;
            } else if (isDigit(text[i])) {
                part = part * 10 + text[i] - '0';
                digits++;
            } else {
                return false;
            }
            if (part > 255 || digits > 3) {
                return false;
            }
        }
        return parts == PARTS;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}

package org.sentrydns.server.list;

import java.util.BitSet;
import java.util.List;
import org.sentrydns.server.config.DomainNames;

/**
 * When an entry counts: what AdBlock's {@code $dnstype} and {@code $denyallow} say. Immutable.
 *
 * @param types the only types that it counts for; empty for all
 * @param otherTypes types that it does not count for
 * @param otherNames it does not count for these and all names below
 */
record Modifiers(BitSet types, BitSet otherTypes, List<String> otherNames) {

    boolean allow(String name, int type) {
        return (types.isEmpty() || types.get(type)) && !otherTypes.get(type) && !isInsideOther(name);
    }

    private boolean isInsideOther(String name) {
        for (String other : otherNames) {
            if (isInside(name, other)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isInside(String name, String other) {
        int dot = name.length() - other.length() - 1;
        return name.endsWith(other) && (dot < 0 || DomainNames.isBoundary(name, dot));
    }
}

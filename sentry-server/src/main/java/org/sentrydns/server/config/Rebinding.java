package org.sentrydns.server.config;

import java.util.List;
import org.xbill.DNS.Name;

/**
 * Whether upstreams may answer with private addresses.
 *
 * @param on whether such answers are refused
 * @param except names for which, and below which, they are welcome
 */
public record Rebinding(boolean on, List<Name> except) {

    /** Lets them through. */
    public static final Rebinding OFF = new Rebinding(false, List.of());
}

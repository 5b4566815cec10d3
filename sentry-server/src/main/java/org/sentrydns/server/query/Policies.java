package org.sentrydns.server.query;

import org.sentrydns.server.config.Rebinding;

/**
 * What the user has decided about forwarded queries. Immutable.
 *
 * @param specialNames whether names such as localhost are kept from upstreams
 * @param inspectAnswers whether an answer that leads to a blocked name is blocked as well
 * @param rebinding whether upstreams may answer with private addresses
 */
public record Policies(boolean specialNames, boolean inspectAnswers, Rebinding rebinding) {

    /** What holds if nothing is said. */
    public static final Policies DEFAULT = new Policies(true, true, Rebinding.OFF);
}

package org.sentrydns.server.regex;

import java.util.Optional;

/** What tells whether an expression may match a name, without trying it. Immutable. */
record Clues(Requirement requirement, Neighbourhood neighbourhood, Optional<Outline> outline) {
    /**
     * What is known of an expression. Where the requirement decides, it does not matter what stands beside it.
     *
     * @param expression empty if it could not be read
     */
    static Clues of(Optional<Node> expression, Requirement requirement) {
        Optional<Node> undecided = expression.filter(e -> !requirement.decisive());
        return new Clues(
                requirement,
                undecided.map(Neighbourhood::of).orElse(Neighbourhood.UNKNOWN),
                expression.flatMap(Outline::of));
    }
}

package org.sentrydns.server.regex;

import java.util.Optional;

/** What tells whether an expression may match a name, without trying it. Immutable. */
record Clues(Requirement requirement, Neighbourhood neighbourhood, Optional<Outline> outline) {
    /** @param expression empty if it could not be read */
    static Clues of(Optional<Node> expression) {
        return new Clues(
                expression.map(LiteralExtraction::of).orElse(Requirement.UNKNOWN),
                expression.map(Neighbourhood::of).orElse(Neighbourhood.UNKNOWN),
                expression.flatMap(Outline::of));
    }

    /** The same for an expression that matches less. */
    Clues only() {
        return new Clues(requirement.only(), neighbourhood, outline);
    }
}

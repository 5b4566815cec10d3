package org.sentrydns.server.regex;

import java.util.List;
import java.util.stream.Stream;

/**
 * An expression that {@link RegexParser} understands. Immutable.
 *
 * @param node what matches
 * @param unwanted what must not be there
 */
record RegexReading(Node node, List<Node> unwanted) {

    /** In how many ways some part of it can match nothing. */
    long emptyWays() {
        return Stream.concat(Stream.of(node), unwanted.stream())
                .mapToLong(part -> EmptyWays.of(part).most())
                .max()
                .orElse(1);
    }
}

package org.sentrydns.server.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where a list comes from. Immutable.
 *
 * @param name what rules call it, without the @
 * @param origin the file or address
 * @param refresh how often an address is asked again; a file is watched instead
 * @param maxBytes what the list may have when it is no longer compressed
 * @param timeout the time that a whole download may take
 * @param awaited whether no query is taken on before it is in, if it is a file or was downloaded earlier
 * @param text the configuration file
 * @param offset where the origin stands in it
 */
public record ListSource(
        String name,
        Origin origin,
        Duration refresh,
        long maxBytes,
        Duration timeout,
        boolean awaited,
        SourceText text,
        int offset) {

    /** A file or an address. */
    public sealed interface Origin {}

    /** A file of this machine. */
    public record OfFile(Path file) implements Origin {
        @Override
        public String toString() {
            return file.toString();
        }
    }

    /** An http or https address. */
    public record OfAddress(URI address) implements Origin {
        /** Shows no query: it may hold a key that nobody else should read in the log. */
        @Override
        public String toString() {
            String whole = address.toString();
            return address.getRawQuery() == null ? whole : whole.substring(0, whole.indexOf('?')) + "?…";
        }
    }

    /**
     * A mistake that shows when the list is read.
     *
     * @param message what is wrong and what was expected
     * @return the problem, placed at the origin
     */
    public Problem problem(String message) {
        return text.problem(offset, message);
    }
}

package org.sentrydns.api;

/**
 * The entry of a domain list that made a rule with a list as its subject ({@code @ads}) match. Immutable.
 *
 * @param list the list's name in the configuration
 * @param line the entry's line in its source, counted from 1
 * @param action what the list itself says should happen to the name
 * @since 1.0
 */
public record ListEntry(String list, int line, Action action) {

    /**
     * What a list may say about one of its names: response policy zones do, most other lists do not.
     *
     * @since 1.0
     */
    public enum Action {
        /**
         * Nothing: the rule decides.
         *
         * @since 1.0
         */
        UNSPECIFIED,
        /**
         * The name does not exist.
         *
         * @since 1.0
         */
        NXDOMAIN,
        /**
         * The name exists and has no records of the type.
         *
         * @since 1.0
         */
        NODATA,
        /**
         * There should be no reply.
         *
         * @since 1.0
         */
        DROP
    }
}

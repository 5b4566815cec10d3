package org.sentrydns.api;

/**
 * The entry of a domain list that made a rule with a list as its subject ({@code @ads}) match. Immutable.
 *
 * @param list the list's name in the configuration
 * @param line the entry's line in its source, counted from 1
 * @param action what the list itself says should happen to the name
 */
public record ListEntry(String list, int line, Action action) {

    /** What a list may say about one of its names: response policy zones do, most other lists do not. */
    public enum Action {
        /** Nothing: the rule decides. */
        UNSPECIFIED,
        /** The name does not exist. */
        NXDOMAIN,
        /** The name exists and has no records of the type. */
        NODATA,
        /** There should be no reply. */
        DROP
    }
}

package org.sentrydns.server.list;

/**
 * A list that was read to its end.
 *
 * @param set what it says
 * @param report what was found in it
 */
public record ReadList(DomainSet set, ListReport report) {}

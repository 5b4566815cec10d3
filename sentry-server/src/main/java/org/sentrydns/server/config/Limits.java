package org.sentrydns.server.config;

/**
 * What the server takes on at once.
 *
 * @param queriesInFlight queries; more are shed
 * @param tcpConnections connections; more are closed
 */
public record Limits(int queriesInFlight, int tcpConnections) {}

package org.sentrydns.server.config;

import java.net.SocketAddress;

/**
 * Where dnstap goes. Immutable.
 *
 * @param collector a unix socket, or an address and port
 * @param identity how this server calls itself in the stream
 */
public record DnstapSettings(SocketAddress collector, String identity) {}

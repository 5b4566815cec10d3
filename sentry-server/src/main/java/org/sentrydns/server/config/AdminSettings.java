package org.sentrydns.server.config;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Where the page, the HTTP API and the metrics are served. Immutable.
 *
 * @param host the address to listen on
 * @param port the port; 0 takes a free one
 * @param token what a caller must present; always there unless the address is a loopback one
 */
public record AdminSettings(InetAddress host, int port, Optional<String> token) {}

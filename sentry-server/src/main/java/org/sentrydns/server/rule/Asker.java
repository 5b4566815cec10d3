package org.sentrydns.server.rule;

import java.net.InetSocketAddress;
import org.sentrydns.api.Transport;

/**
 * Who asks, and how. Immutable.
 *
 * @param client where the query came from
 * @param server the address that it came to
 * @param transport how it came
 */
public record Asker(InetSocketAddress client, InetSocketAddress server, Transport transport) {}

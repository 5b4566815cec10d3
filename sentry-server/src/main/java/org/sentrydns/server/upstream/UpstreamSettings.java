package org.sentrydns.server.upstream;

import java.time.Duration;
import java.util.List;
import org.sentrydns.api.Upstream;

/**
 * How upstreams are asked.
 *
 * @param timeout how long asking may take, all upstreams and attempts together
 * @param caseRandomisation whether questions go out in random letters' case, which a reply must repeat
 * @param announced whether the log says when one is down, and when it is back
 * @param bootstrap whom to ask for the addresses of upstreams that are named; empty for the system's resolvers
 */
public record UpstreamSettings(
        Duration timeout, boolean caseRandomisation, boolean announced, List<Upstream> bootstrap) {}

package org.sentrydns.server.upstream;

import org.sentrydns.server.stats.Latency;

/**
 * What one upstream has done. Immutable.
 *
 * @param name as it stands in rules
 * @param asked questions sent to it
 * @param won questions that its reply decided
 * @param failed questions that it did not answer in time, or with an error of the network
 * @param averageMillis its average time to reply; 0 before the first reply
 * @param slowestMillis its longest time to reply
 * @param latency its times to reply
 * @param down whether it is asked last, since it keeps failing
 */
public record UpstreamFigures(
        String name,
        long asked,
        long won,
        long failed,
        double averageMillis,
        double slowestMillis,
        Latency.Snapshot latency,
        boolean down) {}

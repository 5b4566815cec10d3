package org.sentrydns.server.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How queries are written down. Immutable.
 *
 * @param file where to; empty is standard output
 * @param rotateBytes the size at which a file is put aside
 * @param rotateAge the age at which a file is put aside
 * @param keep how many files that were put aside are kept
 * @param sample the share of queries that is written, above 0 up to 1
 * @param shortenClients whether only the network of a client is written
 */
public record QueryLogSettings(
        Optional<Path> file, long rotateBytes, Duration rotateAge, int keep, double sample, boolean shortenClients) {}
